#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace hashloom::control {

/// What a person asks of a run that goes on: a line of the run's control.jsonl.
struct Request {
  std::string id;         ///< made by send()
  std::string what;       ///< pause, continue, stop-after-round, set, reload
  std::string stage;      ///< for set
  std::string parameter;  ///< for set
  std::string value;      ///< for set, as text
  std::string plugin;     ///< for reload
};

/// Appends the request to run/control.jsonl in a single write; gives its id. Throws std::system_error.
std::string send(const std::filesystem::path& run, Request request);

/// The requests that stand in complete lines after the first `skip` of them; a line that is none has an empty `what`.
std::vector<Request> requests_after(const std::filesystem::path& run, int64_t skip);

}  // namespace hashloom::control
