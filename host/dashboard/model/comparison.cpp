#include <algorithm>
#include <dashboard/model/comparison.hpp>
#include <report/bad_folder.hpp>
#include <report/compare.hpp>

namespace hashloom::dash {
namespace {

/// What came of it first: of runs that differ in many settings the window shows the first columns only.
report::Table table_of(const report::Comparison& comparison) {
  report::Table table{{{"run", "run"}, {"state", "state"}}, {}};
  table.columns.insert(table.columns.end(), comparison.metrics.begin(), comparison.metrics.end());
  table.columns.push_back({"seconds", "seconds", false, 0});
  table.columns.insert(table.columns.end(), comparison.settings.begin(), comparison.settings.end());
  for (const auto& run : comparison.rows) {
    std::vector<report::Cell> row{run.folder.filename().string(), run.state};
    row.insert(row.end(), run.metrics.begin(), run.metrics.end());
    row.push_back(run.seconds);
    row.insert(row.end(), run.settings.begin(), run.settings.end());
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

void LiveComparison::refresh(Session& session, Clock::time_point now) {
  std::vector<std::filesystem::path> runs;
  for (const auto* run : session.compared()) runs.push_back(run->folder());
  const bool is_same = runs == runs_;
  if (is_same && (version_ == session.version() || now < next_)) return;
  runs_ = runs;
  version_ = session.version();
  const auto begun = Clock::now();
  table_ = {};
  trouble_.clear();
  try {
    table_ = table_of(report::compare(runs));
  } catch (const std::runtime_error& error) {
    trouble_ = error.what();
  }
  next_ = now + std::max<Clock::duration>(std::chrono::seconds(2), 20 * (Clock::now() - begun));
}

}  // namespace hashloom::dash
