#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace hashloom::plugins {

/// What NAME.json beside a plugin's library says; written by hashloom_add_plugin(), read before the library is opened.
struct Manifest {
  std::string plugin;
  std::filesystem::path library;  ///< absolute
  int64_t sdk_abi = 0;
  std::string libtorch;
  std::vector<std::string> components;
};

/// Throws PluginError, naming the file and what is wrong with it.
Manifest read_manifest(const std::filesystem::path& file);

/// Throws PluginError if a library that this manifest describes would not fit this program.
void check_fits(const Manifest& manifest);

}  // namespace hashloom::plugins
