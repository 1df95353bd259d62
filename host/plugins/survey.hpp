#pragma once
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

/// Opens the library in a process of its own, which may crash, exit or loop for ever.
Surveyed survey(const Listed& plugin);

/// All plugins of the folders, in their order.
std::vector<Surveyed> survey(const std::vector<std::filesystem::path>& folders, Writable writable);

}  // namespace hashloom::plugins
