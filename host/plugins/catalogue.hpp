#pragma once
#include <filesystem>
#include <map>
#include <plugins/folder.hpp>

namespace hashloom::plugins {

/// All plugins of some folders, by their manifests; a library is opened when one of its components is asked for.
class Catalogue final : public Components {
 public:
  /// Folders that are not there are passed over. Where two plugins have the same component, the first folder wins.
  explicit Catalogue(const std::vector<std::filesystem::path>& folders, Writable writable = Writable::refused);

  std::vector<std::string> ids() const override;
  const ComponentInfo& get(const std::string& id) override;

  /// Manifests that can't be read, and libraries without one.
  const std::vector<PluginError>& broken() const { return broken_; }
  const Manifest& manifest_of(const std::string& id) const { return *listed_.at(id).manifest; }

 private:
  void add(const Listed& plugin);

  std::map<std::string, Listed> listed_;  ///< by component id
  std::map<std::string, ComponentInfo> opened_;
  std::vector<PluginError> broken_;
};

/// Where plugins are looked for: `extra`, then those in HASHLOOM_PLUGINS (separated by ':'), then beside the program.
std::vector<std::filesystem::path> plugin_folders(const std::vector<std::string>& extra);

/// The folder that has lib/hashloom and share/hashloom: the prefix where the program is installed (it is
/// lib/hashloom/hashloom), else the build folder (bin/hashloom).
std::filesystem::path program_root();

}  // namespace hashloom::plugins
