#pragma once
#include <chrono>
#include <nlohmann/json.hpp>
#include <plugins/folder.hpp>

namespace hashloom::plugins {

/// What is wrong with a plugin, and what to do about it.
struct Problem {
  std::string reason, remedy;
};

/// A plugin as it is found, opened in a process of its own.
struct Surveyed {
  enum class State { not_loaded, loaded, failed };

  std::filesystem::path file;  ///< its manifest, or the library that has none
  std::optional<Manifest> manifest = {};
  State state = State::not_loaded;
  double milliseconds = 0;                      ///< to open it
  std::vector<nlohmann::json> components = {};  ///< as describe() gives them, if loaded
  std::vector<Problem> problems = {};           ///< of a failed one: the reason comes first

  /// The library, or the file where it is not known.
  std::filesystem::path library() const { return manifest ? manifest->library : file; }
};

const char* name(Surveyed::State state);  ///< "not loaded", "loaded", "failed"

/// What a library gets to be opened in.
inline constexpr std::chrono::seconds kOpeningLimit{30};

/// Opens the library in a process of its own, which may crash, exit or loop for ever: it has `limit` to end.
Surveyed survey(const Listed& plugin, std::chrono::seconds limit = kOpeningLimit);

/// All plugins of the folders, in their order.
std::vector<Surveyed> survey(const std::vector<std::filesystem::path>& folders, Writable writable,
                             std::chrono::seconds limit = kOpeningLimit);

}  // namespace hashloom::plugins
