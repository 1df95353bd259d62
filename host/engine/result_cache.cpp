#include <cstdlib>
#include <engine/ports_file.hpp>
#include <engine/result_cache.hpp>

namespace hashloom::engine {
namespace {

constexpr std::string_view kState = "state/";

}  // namespace

std::optional<ResultCache::Entry> ResultCache::find(const std::string& key) const {
  if (!std::filesystem::exists(file(key))) return {};
  try {
    const auto stored = store::read(file(key));
    Entry entry{ports_from(stored), {}};
    for (const auto& [name, tensor] : stored.tensors)
      if (name.starts_with(kState)) entry.state[name.substr(kState.size())] = tensor;
    return entry;
  } catch (const store::CorruptFile&) {
    std::filesystem::remove(file(key));
    return {};
  }
}

void ResultCache::put(const std::string& key, const Entry& entry) const {
  auto stored = to_file(entry.outputs);
  for (const auto& [name, tensor] : entry.state) stored.tensors[std::string(kState) + name] = tensor;
  store::write(file(key), stored);
}

std::filesystem::path cache_folder() {
  if (const char* folder = std::getenv("XDG_CACHE_HOME"); folder && *folder)
    return std::filesystem::path(folder) / "hashloom";
  const char* home = std::getenv("HOME");
  return std::filesystem::path(home ? home : "/tmp") / ".cache" / "hashloom";
}

}  // namespace hashloom::engine
