#pragma once
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace hashloom::events {

/// What a process that did not end in order has left in run/last_words.json: how it ended and who was at work.
struct LastWords {
  std::string how;  ///< "SIGSEGV (…)", "exit(0) was called", "ended by Ctrl-C"
  std::vector<nlohmann::json> at_work;

  bool by_user() const;      ///< ended by a signal that a person sends
  std::string text() const;  ///< "SIGSEGV (…) in stage 'gan', round 2 (generator/dcgan 1.0.0)"
};

/// Nothing where there are none, or none that can be understood.
std::optional<LastWords> last_words(const std::filesystem::path& run);

/// Of a run that has crashed: its last words; where it left none, which stages were at work then.
std::string why_crashed(const std::filesystem::path& run, const std::vector<nlohmann::json>& events);

/// They were told elsewhere, and the run goes on.
void forget_last_words(const std::filesystem::path& run);

}  // namespace hashloom::events
