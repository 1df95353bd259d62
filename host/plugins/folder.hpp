#pragma once
#include <filesystem>
#include <optional>
#include <plugins/components.hpp>
#include <plugins/manifest.hpp>
#include <vector>

namespace hashloom::plugins {

/// Whether plugins are taken from folders and files that every user of the machine may write.
enum class Writable { refused, allowed };

/// A plugin as its folder shows it; nothing was opened.
struct Listed {
  std::filesystem::path file;               ///< its manifest, or the library that has none; absolute
  std::optional<Manifest> manifest;         ///< nothing where it can't be read
  std::optional<PluginError> refusal = {};  ///< why its library may not be opened
};

/// By file name. A folder that is not there has none.
std::vector<Listed> list_folder(const std::filesystem::path& folder, Writable writable);

}  // namespace hashloom::plugins
