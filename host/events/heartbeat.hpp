#pragma once
#include <filesystem>
#include <memory>
#include <stdexcept>

namespace hashloom::events {

/// Another process writes the run; says which.
class RunIsTaken : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// While it exists, run/heartbeat.json (pid, host, process start time) is touched every two seconds from a thread of
/// its own; removed at the end. Of two processes that begin at the same time one gets the run; what a process that is
/// dead left behind is taken over. Throws RunIsTaken, or std::system_error if the file can't be written.
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
