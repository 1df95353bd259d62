#pragma once
#include <sys/types.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace hashloom::events {

/// A process as no other one is called, also after a restart of the machine and where several machines share a folder.
struct Process {
  pid_t pid = 0;
  std::string host, boot;  ///< the machine's name; the kernel's boot id
  uint64_t started = 0;    ///< clock ticks from the boot on

  bool operator==(const Process&) const = default;
};

Process this_process();
nlohmann::json to_json(const Process& process);

/// What stands in run/heartbeat.json.
struct Beat {
  Process process;
  double age = 0;  ///< seconds since the file was touched
};
std::optional<Beat> last_beat(
    const std::filesystem::path& run);  ///< nothing if there is none, or it can't be understood

/// Whether the process is there; one of another machine is taken to be while its heartbeat is younger than 30 s.
bool writes_still(const Beat& beat);

}  // namespace hashloom::events
