#include <algorithm>
#include <fstream>
#include <string>
#include <sweep/capacity.hpp>
#include <thread>

namespace hashloom::sweep {
namespace {

int64_t cores() { return std::max(1u, std::thread::hardware_concurrency()); }

/// Bytes that can be had without swapping; as much as anyone wants where the system does not say.
int64_t free_memory() {
  std::ifstream in("/proc/meminfo");
  for (std::string name, unit; in >> name;) {
    int64_t kibibytes = 0;
    in >> kibibytes;
    std::getline(in, unit);
    if (name == "MemAvailable:") return kibibytes << 10;
  }
  return INT64_MAX;
}

}  // namespace

int64_t cells_at_once(const engine::Machine& machine, int64_t cells) {
  if (machine.device.is_cuda()) return 1;
  const int64_t bearable = std::min(cores() / machine.threads, free_memory() / kBytesPerCell);
  return std::clamp<int64_t>(bearable, 1, std::max<int64_t>(cells, 1));
}

int64_t threads_of_a_cell(int64_t cells, int64_t at_once) {
  const int64_t side_by_side = std::min(cells, at_once > 0 ? at_once : cores());
  return std::max<int64_t>(1, cores() / std::max<int64_t>(side_by_side, 1));
}

}  // namespace hashloom::sweep
