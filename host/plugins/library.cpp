#include <dlfcn.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <boost/dll/shared_library.hpp>
#include <events/sha256.hpp>
#include <faults/at_work.hpp>
#include <faults/redirected.hpp>
#include <nlohmann/json.hpp>
#include <plugins/library.hpp>
#include <span>

namespace hashloom::plugins {
namespace {

PluginError unusable(const Manifest& manifest, const std::string& why, const std::string& remedy) {
  return PluginError(fmt::format("plugin '{}' ({}) {}", manifest.plugin, manifest.library.string(), why), remedy);
}

const boost::dll::shared_library& open_for_good(const Manifest& manifest) {
  // Objects of a plugin may live as long as the process, so its code does too.
  static auto* const opened = new std::vector<boost::dll::shared_library>;
  if (!std::filesystem::exists(manifest.library))
    throw unusable(manifest, "has a manifest but no library", "build the plugin anew, or remove its manifest");
  using boost::dll::load_mode::type;
  boost::system::error_code failed;
  boost::dll::shared_library library;
  library.load(manifest.library.string(), failed, type::rtld_now | type::rtld_local);
  if (failed) {
    const char* why = dlerror();  // Boost's own text is "Bad file descriptor" whatever happened
    throw unusable(manifest, fmt::format("can't be opened: {}", why ? why : failed.message()),
                   "build the plugin anew with this program's SDK and LibTorch " TORCH_VERSION);
  }
  opened->push_back(library);
  return opened->back();
}

const hashloom_entry& entry_of(const Manifest& manifest) {
  const auto& library = open_for_good(manifest);
  if (!library.has(HASHLOOM_ENTRY_SYMBOL))
    throw unusable(manifest, "has no entry " HASHLOOM_ENTRY_SYMBOL, "end its source with HASHLOOM_PLUGIN(...)");
  const auto function = reinterpret_cast<hashloom_entry_function>(dlsym(library.native(), HASHLOOM_ENTRY_SYMBOL));
  const hashloom_entry* entry = function();
  if (!entry) throw unusable(manifest, "gives no entry", "end its source with HASHLOOM_PLUGIN(...)");
  return *entry;
}

/// Reads only the fields that every ABI has in the same place, in order, until one does not fit.
void check_handshake(const Manifest& manifest, const hashloom_entry& entry) {
  const std::string rebuild = "build the plugin anew with this program's SDK";
  if (entry.magic != HASHLOOM_ENTRY_MAGIC)
    throw unusable(manifest, "gives an entry that is none of hashloom's", rebuild);
  if (entry.sdk_abi != HASHLOOM_SDK_ABI || entry.size != sizeof(hashloom_entry))
    throw unusable(manifest, fmt::format("has SDK ABI {}, this program has {}", entry.sdk_abi, HASHLOOM_SDK_ABI),
                   rebuild);
  if (std::string(entry.libtorch) != TORCH_VERSION)
    throw unusable(manifest,
                   fmt::format("was built with LibTorch {}, this program with {}", entry.libtorch, TORCH_VERSION),
                   rebuild);
  if (std::string(entry.compiler_abi) != HASHLOOM_COMPILER_ABI)
    throw unusable(
        manifest,
        fmt::format("was built for C++ ABI {}, this program for {}", entry.compiler_abi, HASHLOOM_COMPILER_ABI),
        rebuild + " and compiler");
}

/// For the last words of a process that a library ends while it is opened.
faults::AtWork at_work(const Manifest& manifest) {
  const auto text = fmt::format("opening plugin '{}' ({})", manifest.plugin, manifest.library.string());
  const nlohmann::json fields{{"text", text}, {"plugin", manifest.plugin}, {"library", manifest.library.string()}};
  return {text, fields.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace)};
}

constexpr uint32_t kMostComponents = 1000;

/// What an entry that fits points to; a lie here would be read as code or text.
void check_descriptors(const Manifest& manifest, const hashloom_entry& entry) {
  const std::span all(static_cast<const ComponentDescriptor*>(entry.components),
                      entry.components && entry.component_count <= kMostComponents ? entry.component_count : 0);
  const auto is_whole = [](const ComponentDescriptor& one) { return one.id && one.schema && one.make; };
  if (all.empty() || !entry.name || !entry.version || !std::ranges::all_of(all, is_whole))
    throw unusable(manifest, fmt::format("gives an entry with {} components that can't be read", entry.component_count),
                   "end its source with HASHLOOM_PLUGIN(...)");
}

ComponentInfo info_of(const Manifest& manifest, const hashloom_entry& entry, const ComponentDescriptor& component,
                      const std::string& build_id) {
  try {
    return {component.id, entry.name, entry.version, build_id, component.schema(), component.make, manifest.library};
  } catch (const std::exception& error) {
    throw unusable(manifest, fmt::format("has a component '{}' with a wrong schema: {}", component.id, error.what()),
                   "mend the schema in the plugin's source");
  }
}

}  // namespace

std::vector<ComponentInfo> open_library(const Manifest& manifest) {
  check_fits(manifest);
  const faults::Redirected no_results(STDOUT_FILENO, STDERR_FILENO);
  const auto registered = at_work(manifest);
  const auto& entry = entry_of(manifest);
  check_handshake(manifest, entry);
  check_descriptors(manifest, entry);
  const std::string build_id = events::sha256_of_file(manifest.library);
  std::vector<ComponentInfo> components;
  const std::span all(static_cast<const ComponentDescriptor*>(entry.components), entry.component_count);
  for (const auto& component : all) components.push_back(info_of(manifest, entry, component, build_id));
  for (const auto& id : manifest.components)
    if (std::ranges::find(components, id, &ComponentInfo::id) == components.end())
      throw unusable(manifest, fmt::format("has no component '{}', which its manifest names", id),
                     "make COMPONENTS of hashloom_add_plugin() agree with HASHLOOM_PLUGIN(...)");
  return components;
}

}  // namespace hashloom::plugins
