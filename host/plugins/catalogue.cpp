#include <cstdlib>
#include <plugins/catalogue.hpp>
#include <plugins/library.hpp>
#include <set>
#include <sstream>

namespace hashloom::plugins {
Catalogue::Catalogue(const std::vector<std::filesystem::path>& folders, Writable writable) {
  for (const auto& folder : folders)
    for (const auto& plugin : list_folder(folder, writable)) add(plugin);
}

void Catalogue::add(const Listed& plugin) {
  if (!plugin.manifest) {
    broken_.push_back(*plugin.refusal);
    return;
  }
  for (const auto& id : plugin.manifest->components) listed_.emplace(id, plugin);
}

std::vector<std::string> Catalogue::ids() const {
  std::vector<std::string> all;
  for (const auto& [id, plugin] : listed_) all.push_back(id);
  return all;
}

const ComponentInfo& Catalogue::get(const std::string& id) {
  if (const auto at = opened_.find(id); at != opened_.end()) return at->second;
  const auto plugin = listed_.find(id);
  if (plugin == listed_.end())
    throw PluginError("no plugin has a component '" + id + "'",
                      "see: hashloom plugins; its folder can be named with --plugins DIR");
  if (plugin->second.refusal) throw *plugin->second.refusal;
  const auto& manifest = *plugin->second.manifest;
  for (auto& component : open_library(manifest))
    if (listed_.contains(component.id) && manifest_of(component.id).library == manifest.library)
      opened_.emplace(component.id, std::move(component));
  return opened_.at(id);
}

std::vector<std::filesystem::path> plugin_folders(const std::vector<std::string>& extra) {
  std::vector<std::filesystem::path> folders;
  std::set<std::filesystem::path> seen;
  const auto add = [&](const std::filesystem::path& folder) {  // one that is named twice would hide itself
    std::error_code ignored;
    if (seen.insert(std::filesystem::weakly_canonical(folder, ignored)).second) folders.push_back(folder);
  };
  for (const auto& folder : extra) add(folder);
  if (const char* listed = std::getenv("HASHLOOM_PLUGINS")) {
    std::istringstream in(listed);
    for (std::string folder; std::getline(in, folder, ':');)
      if (!folder.empty()) add(folder);
  }
  add(program_root() / "lib" / "hashloom" / "plugins");
  return folders;
}

std::filesystem::path program_root() {
  const auto folder = std::filesystem::read_symlink("/proc/self/exe").parent_path();
  return folder.filename() == "bin" ? folder.parent_path() : folder.parent_path().parent_path();
}

}  // namespace hashloom::plugins
