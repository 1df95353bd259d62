#pragma once
#include <plugins/survey.hpp>
#include <string>
#include <vector>

namespace hashloom::cli {

/// What the command line of `hashloom plugins ACTION WORD...` asks for.
struct PluginQuery {
  std::vector<std::string> words;
  std::vector<std::filesystem::path> folders;
  plugins::Writable writable = plugins::Writable::refused;
  bool is_json = false;
  std::chrono::seconds limit = plugins::kOpeningLimit;  ///< to open a library
};

/// The actions, each in a file of its name; they give the exit status.
int list_plugins(const PluginQuery& query);
int inspect_plugins(const PluginQuery& query);
int doctor_plugins(const PluginQuery& query);
int new_plugin(const PluginQuery& query);

}  // namespace hashloom::cli
