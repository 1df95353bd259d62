#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <plugins/components.hpp>
#include <plugins/manifest.hpp>

namespace hashloom::plugins {

Manifest read_manifest(const std::filesystem::path& file) {
  try {
    std::ifstream in(file);
    const auto json = nlohmann::json::parse(in);
    return {json.at("plugin"), file.parent_path() / json.at("library").get<std::string>(), json.at("sdk_abi"),
            json.at("libtorch"), json.at("components")};
  } catch (const std::exception& error) {
    throw PluginError(fmt::format("{}: not a plugin's manifest: {}", file.string(), error.what()),
                      "build the plugin anew; hashloom_add_plugin() writes the manifest");
  }
}

void check_fits(const Manifest& manifest) {
  if (manifest.sdk_abi != HASHLOOM_SDK_ABI)
    throw PluginError(fmt::format("plugin '{}' ({}) was built for SDK ABI {}, this program has {}", manifest.plugin,
                                  manifest.library.string(), manifest.sdk_abi, HASHLOOM_SDK_ABI),
                      "build the plugin anew with this program's SDK");
  if (manifest.libtorch != TORCH_VERSION)
    throw PluginError(fmt::format("plugin '{}' ({}) was built with LibTorch {}, this program with {}", manifest.plugin,
                                  manifest.library.string(), manifest.libtorch, TORCH_VERSION),
                      "build the plugin anew with LibTorch " TORCH_VERSION);
}

}  // namespace hashloom::plugins
