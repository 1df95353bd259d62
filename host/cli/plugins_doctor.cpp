#include <fmt/format.h>

#include <algorithm>
#include <cli/command.hpp>
#include <cli/output.hpp>
#include <cli/plugins_actions.hpp>
#include <plugins/doctor.hpp>

namespace hashloom::cli {
namespace {

using nlohmann::json;
using plugins::Surveyed;

json to_json(const Surveyed& plugin) {
  json one{{"file", plugin.file.string()},
           {"library", plugin.manifest ? json(plugin.library().string()) : json()},
           {"state", plugins::name(plugin.state)},
           {"components", plugin.manifest ? plugin.manifest->components : std::vector<std::string>{}},
           {"problems", json::array()}};
  for (const auto& problem : plugin.problems)
    one["problems"].push_back({{"reason", problem.reason}, {"remedy", problem.remedy}});
  return one;
}

void print(const Surveyed& plugin) {
  fmt::print("{:<6} {}\n", plugin.problems.empty() ? "well" : "wrong", plugin.library().string());
  for (const auto& problem : plugin.problems) fmt::print("       {}\n         {}\n", problem.reason, problem.remedy);
}

}  // namespace

int doctor_plugins(const PluginQuery& query) {
  if (!query.words.empty())
    throw UsageError(fmt::format("doctor takes no '{}'; it looks at every plugin", query.words[0]));
  auto all = plugins::survey(query.folders, query.writable, query.limit);
  plugins::examine(all);
  const auto wrong = std::ranges::count_if(all, [](const Surveyed& plugin) { return !plugin.problems.empty(); });
  if (query.is_json) {
    auto list = json::array();
    for (const auto& plugin : all) list.push_back(to_json(plugin));
    print_json(list);
    return wrong ? kFailure : kSuccess;
  }
  for (const auto& folder : query.folders)
    if (!std::filesystem::is_directory(folder)) fmt::print("note   {}: no such folder\n", folder.string());
  for (const auto& plugin : all) print(plugin);
  fmt::print("{} plugins, {}\n", all.size(), wrong ? fmt::format("{} of them wrong", wrong) : "nothing is wrong");
  return wrong ? kFailure : kSuccess;
}

}  // namespace hashloom::cli
