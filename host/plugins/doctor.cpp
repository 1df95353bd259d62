#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <plugins/doctor.hpp>
#include <regex>

namespace hashloom::plugins {
namespace {

void examine_manifest(Surveyed& plugin) {
  const auto& listed = plugin.manifest->components;
  for (const auto& component : plugin.components)
    if (const auto id = component["component"].get<std::string>(); !std::ranges::count(listed, id))
      plugin.problems.push_back(
          {fmt::format("the library has {}, which its manifest does not name: no workflow finds it", id),
           "add it to COMPONENTS of hashloom_add_plugin()"});
}

void examine_entry(Surveyed& plugin) {
  static const std::regex kVersion("[0-9]+\\.[0-9]+\\.[0-9]+([-+].+)?");
  const auto& first = plugin.components.front();
  const auto name = first["plugin"].get<std::string>(), version = first["version"].get<std::string>();
  if (name != plugin.manifest->plugin)
    plugin.problems.push_back(
        {fmt::format("the library calls itself '{}', its manifest '{}'", name, plugin.manifest->plugin),
         "give HASHLOOM_PLUGIN(...) the name that hashloom_add_plugin() has"});
  if (!std::regex_match(version, kVersion))
    plugin.problems.push_back(
        {fmt::format("its version is '{}'", version), "write it as 1.0.0 in HASHLOOM_PLUGIN(...)"});
}

}  // namespace

void examine(std::vector<Surveyed>& plugins) {
  std::map<std::string, std::filesystem::path> owners;
  for (auto& plugin : plugins) {
    if (plugin.state == Surveyed::State::loaded) {
      examine_manifest(plugin);
      examine_entry(plugin);
    }
    if (!plugin.manifest) continue;
    for (const auto& id : plugin.manifest->components)
      if (const auto [owner, is_new] = owners.emplace(id, plugin.library()); !is_new)
        plugin.problems.push_back({fmt::format("{} is also in {}, which comes first", id, owner->second.string()),
                                   "remove one of the two, or give it another id"});
  }
}

}  // namespace hashloom::plugins
