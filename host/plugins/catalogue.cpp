#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <plugins/catalogue.hpp>
#include <plugins/library.hpp>
#include <sstream>

namespace hashloom::plugins {
namespace {

std::vector<std::filesystem::path> files_with(const std::filesystem::path& folder, const std::string& extension) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == extension) files.push_back(std::filesystem::absolute(entry.path()));
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

Catalogue::Catalogue(const std::vector<std::filesystem::path>& folders) {
  for (const auto& folder : folders)
    if (std::filesystem::is_directory(folder)) read_folder(folder);
}

void Catalogue::read_folder(const std::filesystem::path& folder) {
  for (const auto& file : files_with(folder, ".json")) {
    try {
      const Manifest manifest = read_manifest(file);
      for (const auto& id : manifest.components) manifests_.emplace(id, manifest);
    } catch (const PluginError& error) {
      broken_.push_back(error);
    }
  }
  for (auto library : files_with(folder, ".so"))
    if (const auto manifest = std::filesystem::path(library).replace_extension(".json");
        !std::filesystem::exists(manifest))
      broken_.emplace_back(
          fmt::format("{}: a library without a manifest", library.string()),
          fmt::format("build it with hashloom_add_plugin(), which writes {}", manifest.filename().string()));
}

std::vector<std::string> Catalogue::ids() const {
  std::vector<std::string> all;
  for (const auto& [id, manifest] : manifests_) all.push_back(id);
  return all;
}

const ComponentInfo& Catalogue::get(const std::string& id) {
  if (const auto at = opened_.find(id); at != opened_.end()) return at->second;
  const auto manifest = manifests_.find(id);
  if (manifest == manifests_.end())
    throw PluginError("no plugin has a component '" + id + "'",
                      "see: hashloom plugins; its folder can be named with --plugins DIR");
  for (auto& component : open_library(manifest->second))
    if (const auto at = manifests_.find(component.id);
        at != manifests_.end() && at->second.library == manifest->second.library)
      opened_.emplace(component.id, std::move(component));
  return opened_.at(id);
}

std::vector<std::filesystem::path> plugin_folders(const std::vector<std::string>& extra) {
  std::vector<std::filesystem::path> folders(extra.begin(), extra.end());
  if (const char* listed = std::getenv("HASHLOOM_PLUGINS")) {
    std::istringstream in(listed);
    for (std::string folder; std::getline(in, folder, ':');)
      if (!folder.empty()) folders.emplace_back(folder);
  }
  folders.push_back(std::filesystem::read_symlink("/proc/self/exe").parent_path().parent_path() / "lib" / "plugins");
  return folders;
}

}  // namespace hashloom::plugins
