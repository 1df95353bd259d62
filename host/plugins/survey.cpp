#include <fmt/format.h>

#include <plugins/apart.hpp>
#include <plugins/describe.hpp>
#include <plugins/library.hpp>
#include <plugins/survey.hpp>

namespace hashloom::plugins {
namespace {

using nlohmann::json;

/// Texts of a plugin may be no UTF-8.
std::string written(const json& answer) { return answer.dump(-1, ' ', false, json::error_handler_t::replace); }

/// In the process of its own: what the library says of itself, or why it can't be used.
std::string opened(const Manifest& manifest) {
  const auto start = std::chrono::steady_clock::now();
  try {
    auto components = json::array();
    for (const auto& component : open_library(manifest)) components.push_back(describe(component));
    const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - start;
    return written({{"components", components}, {"milliseconds", taken.count()}});
  } catch (const PluginError& error) {
    return written({{"reason", error.what()}, {"remedy", error.remedy()}});
  }
}

Problem mishap(const Manifest& manifest, const Apart& done, std::chrono::seconds limit) {
  return {fmt::format("plugin '{}' ({}) {} when it was opened", manifest.plugin, manifest.library.string(),
                      done.mishap(limit)),
          "mend what its source does when the library is loaded and in schema(); or remove it from the folder"};
}

}  // namespace

const char* name(Surveyed::State state) {
  static constexpr const char* kNames[] = {"not loaded", "loaded", "failed"};
  return kNames[static_cast<int>(state)];
}

Surveyed survey(const Listed& plugin, std::chrono::seconds limit) {
  Surveyed found{.file = plugin.file, .manifest = plugin.manifest};
  found.state = Surveyed::State::failed;
  if (plugin.refusal) {
    found.problems = {{plugin.refusal->what(), plugin.refusal->remedy()}};
    return found;
  }
  const auto done = apart([&] { return opened(*plugin.manifest); }, limit);
  if (done.end != Apart::End::answered) {
    found.problems = {mishap(*plugin.manifest, done, limit)};
    return found;
  }
  const auto answer = json::parse(done.answer);
  if (answer.contains("reason")) {
    found.problems = {{answer["reason"], answer["remedy"]}};
    return found;
  }
  found.state = Surveyed::State::loaded;
  found.milliseconds = answer["milliseconds"];
  found.components = answer["components"];
  return found;
}

std::vector<Surveyed> survey(const std::vector<std::filesystem::path>& folders, Writable writable,
                             std::chrono::seconds limit) {
  std::vector<Surveyed> all;
  for (const auto& folder : folders)
    for (const auto& plugin : list_folder(folder, writable)) all.push_back(survey(plugin, limit));
  return all;
}

}  // namespace hashloom::plugins
