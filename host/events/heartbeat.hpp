#pragma once
#include <filesystem>
#include <memory>

namespace hashloom::events {

/// While it exists, run/heartbeat.json (pid, host, process start time) is touched every two seconds from a thread of
/// its own; removed at the end. Throws std::system_error if the file can't be written.
class Heartbeat {
 public:
  explicit Heartbeat(const std::filesystem::path& run);
  ~Heartbeat();

 private:
  struct Beating;
  std::unique_ptr<Beating> beating_;
};

/// Whether another live process writes this run.
bool is_alive(const std::filesystem::path& run);

}  // namespace hashloom::events
