#include <fmt/format.h>

#include <algorithm>
#include <report/compare.hpp>

namespace hashloom::report {
namespace {

using nlohmann::json;

void append(std::vector<Cell>& row, const std::vector<Cell>& cells) {
  row.insert(row.end(), cells.begin(), cells.end());
}

bool all_finished(const Comparison& comparison) {
  return std::ranges::all_of(comparison.rows, [](const auto& row) { return row.state == "finished"; });
}

Table runs_table(const Comparison& comparison) {
  Table table{comparison.settings, {}};
  const bool with_state = !all_finished(comparison);
  if (with_state) table.columns.push_back({"state", "state"});
  table.columns.insert(table.columns.end(), comparison.metrics.begin(), comparison.metrics.end());
  table.columns.push_back({"seconds", "seconds", false, 1});
  table.columns.push_back({"folder", "folder"});
  for (const auto& row : comparison.rows) {
    auto& cells = table.rows.emplace_back(row.settings);
    if (with_state) cells.emplace_back(row.state);
    append(cells, row.metrics);
    append(cells, {row.seconds, row.folder.string()});
  }
  return table;
}

std::vector<Column> without_seed(std::vector<Column> settings) {
  std::erase_if(settings, [](const Column& column) { return column.key == "seed"; });
  return settings;
}

Cell shown_spread(const std::optional<Spread>& spread, int64_t runs, const Column& metric) {
  if (!spread) return {};
  if (runs == 1) return shown(spread->mean, metric);
  return shown(spread->mean, metric) + " ± " + shown(spread->deviation, metric);
}

Table seeds_table(const Comparison& comparison, const std::vector<SeedGroup>& groups) {
  Table table{without_seed(comparison.settings), {}};
  table.columns.push_back({"runs", "seeds"});
  table.columns.insert(table.columns.end(), comparison.metrics.begin(), comparison.metrics.end());
  for (const auto& group : groups) {
    auto& cells = table.rows.emplace_back(group.settings);
    cells.emplace_back(group.runs);
    for (size_t i = 0; i < group.metrics.size(); ++i)
      cells.push_back(shown_spread(group.metrics[i], group.runs, comparison.metrics[i]));
  }
  return table;
}

json object(const std::vector<Column>& columns, const std::vector<Cell>& cells) {
  return to_json(Table{columns, {cells}})[0];
}

json to_json(const SeedGroup& group, const Comparison& comparison) {
  json metrics = json::object();
  for (size_t i = 0; i < group.metrics.size(); ++i)
    if (const auto& spread = group.metrics[i])
      metrics[comparison.metrics[i].key] = {{"mean", spread->mean}, {"deviation", spread->deviation}};
  return {{"settings", object(without_seed(comparison.settings), group.settings)},
          {"runs", group.runs},
          {"metrics", std::move(metrics)}};
}

json to_json(const Comparison::Row& row, const Comparison& comparison) {
  return {{"settings", object(comparison.settings, row.settings)},
          {"metrics", object(comparison.metrics, row.metrics)},
          {"seconds", object({{"seconds", ""}}, {row.seconds})["seconds"]},
          {"state", row.state},
          {"folder", row.folder.string()}};
}

}  // namespace

std::string render(const Comparison& comparison) {
  const auto groups = comparison.over_seeds();
  auto text = render(runs_table(comparison));
  if (!groups.empty()) text += "\nmean ± deviation over seeds\n" + render(seeds_table(comparison, groups));
  return text;
}

json to_json(const Comparison& comparison) {
  json all{{"runs", json::array()}, {"over_seeds", json::array()}};
  for (const auto& row : comparison.rows) all["runs"].push_back(to_json(row, comparison));
  for (const auto& group : comparison.over_seeds()) all["over_seeds"].push_back(to_json(group, comparison));
  return all;
}

}  // namespace hashloom::report
