#include <algorithm>
#include <dashboard/model/metric_table.hpp>

namespace hashloom::dash {
namespace {

int64_t stages_that_measure(const History& history, const std::string& metric) {
  return std::ranges::count(history.metrics, metric, &MetricSeries::name);
}

}  // namespace

std::vector<std::string> metric_names(const History& history) {
  std::vector<std::string> names;
  for (const bool headline : {true, false})
    for (const auto& series : history.metrics)
      if (series.is_headline == headline && std::ranges::find(names, series.name) == names.end())
        names.push_back(series.name);
  return names;
}

std::vector<MetricLine> metric_lines(const std::vector<FollowedRun*>& runs, const std::string& metric) {
  std::vector<MetricLine> lines;
  for (const auto* run : runs) {
    const auto& history = run->history();
    for (const auto& series : history.metrics) {
      if (series.name != metric) continue;
      auto& line = lines.emplace_back();
      line.name = run->folder().filename().string();
      if (stages_that_measure(history, metric) > 1) line.name += " " + series.stage;
      line.unit = series.unit;
      for (const auto& [round, value] : series.values) {
        line.rounds.push_back(static_cast<double>(round));
        line.values.push_back(series.unit == "%" ? 100 * value : value);
      }
    }
  }
  return lines;
}

report::Table metric_table(const std::vector<FollowedRun*>& runs, const std::string& metric) {
  report::Table table{{{"run", "run"}, {"stage", "stage"}, {"round", "round"}, {metric, metric}}, {}};
  for (const auto* run : runs)
    for (const auto& series : run->history().metrics)
      if (series.name == metric)
        for (const auto& [round, value] : series.values)
          table.rows.push_back({run->folder().filename().string(), series.stage, round, value});
  return table;
}

}  // namespace hashloom::dash
