#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <dlfcn.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <engine/machine.hpp>
#include <fstream>
#include <thread>

namespace hashloom::engine {
namespace {

bool processor_has(const std::string& flag) {
  std::ifstream in("/proc/cpuinfo");
  for (std::string line; std::getline(in, line);)
    if (line.starts_with("flags")) return (line + " ").find(" " + flag + " ") != std::string::npos;
  return false;
}

/// LibTorch's CUDA part is opened only where a driver is; it registers itself.
int64_t cuda_devices() {
  if (!std::ifstream("/proc/driver/nvidia/version") && access("/dev/nvidiactl", F_OK) != 0) return 0;
  static void* const library = dlopen("libtorch_cuda.so", RTLD_NOW | RTLD_GLOBAL);
  return library && at::hasCUDA() ? static_cast<int64_t>(at::getNumGPUs()) : 0;
}

at::Device device_for(const std::string& asked) {
  const int64_t found = asked == "cpu" ? 0 : cuda_devices();
  if (asked == "cpu" || (asked == "auto" && found == 0)) return at::kCPU;
  const at::Device device(asked == "auto" ? "cuda:0" : asked == "cuda" ? "cuda:0" : asked);
  if (device.index() >= found)
    throw NoSuchDevice(fmt::format("device '{}' is not there: {}", asked,
                                   found ? fmt::format("this machine has {} CUDA devices", found)
                                         : "no CUDA device, driver or CUDA part of LibTorch was found"),
                       "use device: auto or cpu; for CUDA install NVIDIA's driver and run ./setup.sh again");
  return device;
}

bool bf16_for(const std::string& asked, at::Device device) {
  if (asked != "auto") return asked == "bf16";
  return device.is_cuda() || processor_has("amx_bf16") || processor_has("avx512_bf16");
}

}  // namespace

Machine machine_for(const workflow::Workflow& workflow) {
  Machine machine;
  machine.device = device_for(workflow.device);
  machine.bf16 = bf16_for(workflow.precision, machine.device);
  machine.threads = workflow.threads ? workflow.threads : std::max(1u, std::thread::hardware_concurrency());
  return machine;
}

void prepare(const Machine& machine) {
  device_for(machine.device.str());
  at::set_num_threads(static_cast<int>(machine.threads));
  at::globalContext().setDeterministicAlgorithms(true, /*warn_only=*/true);
  at::globalContext().setDeterministicFillUninitializedMemory(false);
}

std::string instruction_set() {
  std::string all = at::get_cpu_capability();
  for (const char* flag : {"avx512_bf16", "avx512_vnni", "amx_bf16"})
    if (processor_has(flag)) all += std::string("+") + flag;
  return all;
}

}  // namespace hashloom::engine
