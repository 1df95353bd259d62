#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <plugins/component_id.hpp>
#include <plugins/components.hpp>
#include <plugins/manifest.hpp>

namespace hashloom::plugins {
namespace {

namespace fs = std::filesystem;

constexpr uintmax_t kLongest = 1 << 20;  // bytes
constexpr size_t kMostComponents = 1000;

/// What is wrong with a manifest, told with its file by read_manifest().
class Wrong : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

nlohmann::json parsed(const fs::path& file) {
  if (!fs::is_regular_file(file)) throw Wrong("it is no file");
  if (fs::file_size(file) > kLongest) throw Wrong(fmt::format("it has more than {} bytes", kLongest));
  std::ifstream in(file);
  return nlohmann::json::parse(in);
}

/// A plain name: a library elsewhere would be opened without the checks of this folder.
fs::path library_in(const fs::path& folder, const std::string& name) {
  if (fs::path(name).filename() != name || fs::path(name).extension() != ".so")
    throw Wrong(fmt::format("its library '{}' is no name of a library beside it", name));
  const auto library = folder / name;
  if (fs::exists(library) && fs::canonical(library).parent_path() != fs::canonical(folder))
    throw Wrong(fmt::format("its library '{}' leads to another folder, {}", name, fs::canonical(library).string()));
  return library;
}

int64_t sdk_abi_in(const nlohmann::json& json) {
  const auto& abi = json.at("sdk_abi");
  if (!abi.is_number_integer()) throw Wrong("its sdk_abi is no whole number");
  return abi;
}

std::vector<std::string> components_in(const nlohmann::json& json) {
  const std::vector<std::string> ids = json.at("components");
  if (ids.empty()) throw Wrong("it names no component");
  if (ids.size() > kMostComponents) throw Wrong(fmt::format("it names {} components", ids.size()));
  for (const auto& id : ids)
    if (!component_id(id)) throw Wrong(fmt::format("its component '{:.80}' is not role/kebab-name", id));
  return ids;
}

}  // namespace

Manifest read_manifest(const fs::path& file) {
  try {
    const auto json = parsed(file);
    return {json.at("plugin"), library_in(file.parent_path(), json.at("library")), sdk_abi_in(json),
            json.at("libtorch"), components_in(json)};
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
