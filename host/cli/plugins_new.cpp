#include <fmt/format.h>

#include <cli/command.hpp>
#include <cli/plugins_actions.hpp>
#include <plugins/new_project.hpp>

namespace hashloom::cli {

int new_plugin(const PluginQuery& query) {
  if (query.words.size() != 2)
    throw UsageError("give a component and a folder: hashloom plugins new hasher/my-thing my-thing");
  const auto project = plugins::new_project(query.words[0]);
  const auto& folder = query.words[1];
  plugins::write_project(project, folder);
  fmt::print("{} is begun in {}; its source is {}.cpp\n\n", query.words[0], folder, project.file);
  fmt::print("  cmake -S {0} -B {0}/build && cmake --build {0}/build && ctest --test-dir {0}/build\n", folder);
  fmt::print("  hashloom run {0}/{1}.yaml --plugins {0}/build/plugins\n", folder, project.name);
  return kSuccess;
}

}  // namespace hashloom::cli
