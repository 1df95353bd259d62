#pragma once
#include <filesystem>
#include <map>
#include <plugins/components.hpp>
#include <plugins/manifest.hpp>

namespace hashloom::plugins {

/// All plugins of some folders, by their manifests; a library is opened when one of its components is asked for.
class Catalogue final : public Components {
 public:
  /// Folders that are not there are passed over. Where two plugins have the same component, the first folder wins.
  explicit Catalogue(const std::vector<std::filesystem::path>& folders);

  std::vector<std::string> ids() const override;
  const ComponentInfo& get(const std::string& id) override;

  /// Manifests that can't be read, and libraries without one.
  const std::vector<PluginError>& broken() const { return broken_; }
  const Manifest& manifest_of(const std::string& id) const { return manifests_.at(id); }

 private:
  void read_folder(const std::filesystem::path& folder);

  std::map<std::string, Manifest> manifests_;  ///< by component id
  std::map<std::string, ComponentInfo> opened_;
  std::vector<PluginError> broken_;
};

/// Where plugins are looked for: `extra`, then those in HASHLOOM_PLUGINS (separated by ':'), then beside the program.
std::vector<std::filesystem::path> plugin_folders(const std::vector<std::string>& extra);

}  // namespace hashloom::plugins
