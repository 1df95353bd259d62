#include <fmt/format.h>

#include <algorithm>
#include <cli/command.hpp>
#include <cli/output.hpp>
#include <cli/plugins_actions.hpp>
#include <map>
#include <plugins/survey.hpp>
#include <report/table.hpp>

namespace hashloom::cli {
namespace {

using nlohmann::json;
using plugins::Surveyed;

/// A line of the list: a component, or a file that has none to show.
struct Line {
  const Surveyed* plugin;
  std::string id;  ///< empty: of a manifest that can't be read, or a library without one
  json component;  ///< null: not loaded
  Surveyed::State state;
  std::vector<plugins::Problem> problems;
};

Line line_of(const Surveyed& plugin, const std::string& id, std::map<std::string, std::filesystem::path>& owners) {
  const auto [owner, is_new] = owners.emplace(id, plugin.library());
  if (!is_new)
    return {&plugin,
            id,
            {},
            Surveyed::State::not_loaded,
            {{fmt::format("{} of {} is hidden by {}", id, plugin.library().string(), owner->second.string()),
              "remove one of the two, or give it another id"}}};
  for (const auto& component : plugin.components)
    if (component["component"] == id) return {&plugin, id, component, plugin.state, plugin.problems};
  return {&plugin, id, {}, plugin.state, plugin.problems};
}

std::vector<Line> lines_of(const std::vector<Surveyed>& all) {
  std::vector<Line> lines;
  std::map<std::string, std::filesystem::path> owners;
  for (const auto& plugin : all) {
    if (!plugin.manifest)
      lines.push_back({&plugin, "", {}, plugin.state, plugin.problems});
    else
      for (const auto& id : plugin.manifest->components) lines.push_back(line_of(plugin, id, owners));
  }
  return lines;
}

json to_json(const Line& line) {
  json one{{"component", line.id.empty() ? json() : json(line.id)},
           {"library", line.plugin->library().string()},
           {"state", plugins::name(line.state)},
           {"version", nullptr},
           {"help", nullptr},
           {"load_milliseconds", nullptr},
           {"reason", nullptr},
           {"remedy", nullptr}};
  if (!line.component.is_null()) {
    one["version"] = line.component["version"];
    one["help"] = line.component["help"];
    one["load_milliseconds"] = line.plugin->milliseconds;
  }
  if (!line.problems.empty()) {
    one["reason"] = line.problems[0].reason;
    one["remedy"] = line.problems[0].remedy;
  }
  return one;
}

report::Table table_of(const std::vector<Line>& lines, const std::filesystem::path& folder) {
  report::Table table{{{"component", "component"},
                       {"version", "version"},
                       {"state", "state"},
                       {"load_milliseconds", "load ms", false, 1},
                       {"library", "library"},
                       {"help", "what it is"}},
                      {}};
  for (const auto& line : lines) {
    if (line.plugin->file.parent_path() != folder) continue;
    const bool is_loaded = !line.component.is_null();
    const auto shown = [&](const char* field) {
      return is_loaded ? report::Cell(line.component[field].get<std::string>()) : report::Cell();
    };
    table.rows.push_back({line.id.empty() ? report::Cell() : report::Cell(line.id), shown("version"),
                          plugins::name(line.state),
                          is_loaded ? report::Cell(line.plugin->milliseconds) : report::Cell(),
                          line.plugin->library().filename().string(), shown("help")});
  }
  return table;
}

void print_tables(const std::vector<Line>& lines) {
  std::filesystem::path folder;
  for (const auto& line : lines) {
    if (line.plugin->file.parent_path() == folder) continue;
    fmt::print("{}{}\n", folder.empty() ? "" : "\n", line.plugin->file.parent_path().string());
    folder = line.plugin->file.parent_path();
    fmt::print("{}", report::render(table_of(lines, folder)));
  }
}

/// Once for each library or component, whatever number of lines it has.
void print_problems(const std::vector<Line>& lines) {
  std::string last;
  for (const auto& line : lines)
    for (const auto& problem : line.problems) {
      if (problem.reason != last)
        fmt::print("\n{}: {}\n  {}\n", plugins::name(line.state), problem.reason, problem.remedy);
      last = problem.reason;
    }
}

}  // namespace

int list_plugins(const PluginQuery& query) {
  if (!query.words.empty())
    throw UsageError(fmt::format("list takes no '{}'; did you mean: inspect {}?", query.words[0], query.words[0]));
  const auto all = plugins::survey(query.folders, query.writable, query.limit);
  const auto lines = lines_of(all);
  if (query.is_json) {
    auto list = json::array();
    for (const auto& line : lines) list.push_back(to_json(line));
    print_json(list);
  } else {
    print_tables(lines);
    print_problems(lines);
  }
  const auto has_failed = [](const Surveyed& plugin) { return plugin.state == Surveyed::State::failed; };
  return std::ranges::any_of(all, has_failed) ? kFailure : kSuccess;
}

}  // namespace hashloom::cli
