#include <fmt/format.h>

#include <algorithm>
#include <plugins/folder.hpp>

namespace hashloom::plugins {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files_with(const fs::path& folder, const std::string& extension) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == extension) files.push_back(fs::absolute(entry.path()).lexically_normal());
  std::ranges::sort(files);
  return files;
}

bool is_writable_by_others(const fs::path& path) {
  std::error_code failed;
  const auto status = fs::status(path, failed);
  return !failed && (status.permissions() & fs::perms::others_write) != fs::perms::none;
}

/// Whoever can change a library decides what this program does; a sticky bit (/tmp) lets others add files all the same.
std::optional<PluginError> objection_to(const std::vector<fs::path>& paths) {
  for (const auto& path : paths)
    if (is_writable_by_others(path))
      return PluginError(fmt::format("plugins of {} are not opened: {} is writable by every user",
                                     paths.front().string(), path.string()),
                         fmt::format("chmod o-w '{}', or trust it with --allow-writable-plugins", path.string()));
  return {};
}

Listed read(const fs::path& file, Writable writable) {
  try {
    const auto manifest = read_manifest(file);
    Listed listed{file, manifest};
    if (writable == Writable::refused) listed.refusal = objection_to({file.parent_path(), file, manifest.library});
    return listed;
  } catch (const PluginError& error) {
    return {file, {}, error};
  }
}

PluginError without_manifest(const fs::path& library) {
  return PluginError(fmt::format("{}: a library without a manifest", library.string()),
                     fmt::format("build it with hashloom_add_plugin(), which writes {}.json", library.stem().string()));
}

}  // namespace

std::vector<Listed> list_folder(const fs::path& folder, Writable writable) {
  std::vector<Listed> all;
  if (!fs::is_directory(folder)) return all;
  for (const auto& file : files_with(folder, ".json")) all.push_back(read(file, writable));
  for (const auto& library : files_with(folder, ".so"))
    if (!fs::exists(fs::path(library).replace_extension(".json")))
      all.push_back({library, {}, without_manifest(library)});
  return all;
}

}  // namespace hashloom::plugins
