#include <engine/output_log.hpp>
#include <faults/redirected.hpp>
#include <utility>

namespace hashloom::engine {

OutputLog::OutputLog(std::filesystem::path run) : run_(std::move(run)), size_(faults::output_size(run_)) {}

bool OutputLog::has_grown_in(const std::string& stage) {
  const std::lock_guard lock(mutex_);
  const auto size = faults::output_size(run_);
  return std::exchange(size_, size) < size && told_.insert(stage).second;
}

}  // namespace hashloom::engine
