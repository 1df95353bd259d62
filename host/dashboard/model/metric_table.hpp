#pragma once
#include <dashboard/model/followed_run.hpp>
#include <report/table.hpp>
#include <string>
#include <vector>

namespace hashloom::dash {

/// The names of a run's metrics, headline metrics first.
std::vector<std::string> metric_names(const History& history);

/// A metric of one run over its rounds.
struct MetricLine {
  std::string name;  ///< the run's, with the stage where several of it measure this
  std::string unit;
  std::vector<double> rounds, values;  ///< per cent where the unit is "%"
};
std::vector<MetricLine> metric_lines(const std::vector<FollowedRun*>& runs, const std::string& metric);

/// run, round, value: a row a point, fractions as they were recorded.
report::Table metric_table(const std::vector<FollowedRun*>& runs, const std::string& metric);

}  // namespace hashloom::dash
