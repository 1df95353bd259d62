#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cli/command.hpp>
#include <cli/output.hpp>
#include <cli/plugins_actions.hpp>
#include <optional>
#include <plugins/survey.hpp>
#include <report/table.hpp>
#include <workflow/diagnostics.hpp>

namespace hashloom::cli {
namespace {

using nlohmann::json;

/// The plugin of a component, the first folder's where several have it.
plugins::Listed plugin_of(const std::string& id, const std::vector<plugins::Listed>& all) {
  std::vector<std::string> known;
  for (const auto& plugin : all) {
    if (!plugin.manifest) continue;
    if (std::ranges::count(plugin.manifest->components, id)) return plugin;
    known.insert(known.end(), plugin.manifest->components.begin(), plugin.manifest->components.end());
  }
  const auto near = workflow::nearest(id, known);
  throw UsageError(fmt::format("no plugin has a component '{}'; {}see: hashloom plugins", id,
                               near.empty() ? "" : fmt::format("did you mean '{}'? ", near)));
}

/// All that is to be known of one component. Throws PluginError if its library can't be used.
json inspected(const std::string& id, const std::vector<plugins::Listed>& all, std::chrono::seconds limit) {
  const auto plugin = plugins::survey(plugin_of(id, all), limit);
  if (plugin.state != plugins::Surveyed::State::loaded)
    throw plugins::PluginError(plugin.problems[0].reason, plugin.problems[0].remedy);
  auto component =
      *std::ranges::find(plugin.components, id, [](const json& one) { return one["component"].get<std::string>(); });
  component["state"] = plugins::name(plugin.state);
  component["load_milliseconds"] = plugin.milliseconds;
  component["sdk_abi"] = plugin.manifest->sdk_abi;
  component["libtorch"] = plugin.manifest->libtorch;
  return component;
}

std::string limits_of(const json& parameter) {
  const auto choices = parameter["choices"].get<std::vector<std::string>>();
  if (!choices.empty()) return fmt::format("one of {}", fmt::join(choices, ", "));
  const auto& low = parameter["minimum"];
  const auto& high = parameter["maximum"];
  const auto shown = [](const json& bound) { return fmt::format("{}", bound.get<double>()); };
  if (low.is_null() && high.is_null()) return "anything";
  if (high.is_null()) return "at least " + shown(low);
  if (low.is_null()) return "at most " + shown(high);
  return fmt::format("{} to {}", shown(low), shown(high));
}

report::Cell text_or_nothing(const json& text) { return text.is_null() ? report::Cell() : text.get<std::string>(); }

report::Table parameters_table(const json& parameters) {
  report::Table table{{{"name", "parameter"},
                       {"type", "type"},
                       {"default", "default"},
                       {"allowed", "allowed"},
                       {"unit", "unit"},
                       {"tunable", "tunable"},
                       {"help", "what it is"}},
                      {}};
  for (const auto& one : parameters)
    table.rows.push_back({one["name"].get<std::string>(), one["type"].get<std::string>(),
                          one["default_text"].get<std::string>(), limits_of(one), text_or_nothing(one["unit"]),
                          one["tunable"].get<bool>() ? "yes" : "no", one["help"].get<std::string>()});
  return table;
}

report::Table ports_table(const std::string& title, const json& ports) {
  report::Table table{{{"name", title}, {"type", "type"}, {"need", "need"}, {"help", "what it is"}}, {}};
  for (const auto& port : ports)
    table.rows.push_back({port["name"].get<std::string>(), port["type"].get<std::string>(),
                          port["need"].get<std::string>(), port["help"].get<std::string>()});
  return table;
}

void print_table(const report::Table& table) {
  if (!table.rows.empty()) fmt::print("\n{}", report::render(table));
}

void print(const json& one) {
  fmt::print("{} {}: {}\n", one["component"].get<std::string>(), one["version"].get<std::string>(),
             one["help"].get<std::string>());
  fmt::print("{}, plugin {}, {} in {:.1f} ms\n", one["library"].get<std::string>(), one["plugin"].get<std::string>(),
             one["state"].get<std::string>(), one["load_milliseconds"].get<double>());
  fmt::print("build {}, SDK ABI {}, LibTorch {}\n", one["build_id"].get<std::string>().substr(0, 16),
             one["sdk_abi"].get<int64_t>(), one["libtorch"].get<std::string>());
  if (!one["not_deterministic"].is_null())
    fmt::print("not deterministic: {}\n", one["not_deterministic"].get<std::string>());
  print_table(ports_table("input", one["inputs"]));
  print_table(ports_table("output", one["outputs"]));
  print_table(parameters_table(one["parameters"]));
}

}  // namespace

int inspect_plugins(const PluginQuery& query) {
  if (query.words.empty()) throw UsageError("which component? See: hashloom plugins");
  std::vector<plugins::Listed> listed;
  for (const auto& folder : query.folders)
    for (auto& plugin : plugins::list_folder(folder, query.writable)) listed.push_back(std::move(plugin));
  auto all = json::array();
  for (const auto& id : query.words) all.push_back(inspected(id, listed, query.limit));
  if (query.is_json) return print_json(all), kSuccess;
  for (const auto& one : all) {
    if (one != all[0]) fmt::print("\n");
    print(one);
  }
  return kSuccess;
}

}  // namespace hashloom::cli
