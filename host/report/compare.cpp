#include <algorithm>
#include <cmath>
#include <fstream>
#include <numeric>
#include <report/bad_folder.hpp>
#include <report/compare.hpp>
#include <report/headline.hpp>
#include <report/runs.hpp>
#include <report/settings.hpp>

namespace hashloom::report {
namespace {

using nlohmann::json;

json record_of(const std::filesystem::path& run) {
  const auto file = run / "run.json";
  std::ifstream in(file);
  if (!in) throw BadFolder("'" + run.string() + "' is no run's folder: it has no run.json; see: hashloom runs");
  auto record = json::parse(in, nullptr, false);
  if (!record.is_object()) throw BadFolder(file.string() + " is damaged: it is no JSON; leave this run out");
  return record;
}

/// What a run measured last, in the order of `headlines`, which it adds to.
std::vector<Cell> last_metrics(const std::filesystem::path& run, std::vector<Headline>& headlines) {
  std::vector<Cell> metrics(headlines.size());
  for (const auto& event : events::read(run, {"metric"})) {
    if (!is_headline(event)) continue;
    const size_t place = place_of(headline_of(event), headlines);
    metrics.resize(headlines.size());
    metrics[place] = figure(event, "value");
  }
  return metrics;
}

Comparison::Row row_of(const std::filesystem::path& run, std::vector<Headline>& headlines) {
  const auto info = run_info(run);
  return {{}, last_metrics(run, headlines), info.seconds, state_name(info), run};
}

size_t place_of_seed(const std::vector<Column>& settings) {
  return std::ranges::find(settings, "seed", &Column::key) - settings.begin();
}

std::vector<Cell> without(std::vector<Cell> cells, size_t place) {
  cells.erase(cells.begin() + static_cast<int64_t>(place));
  return cells;
}

std::optional<Spread> spread_of(const std::vector<double>& values) {
  if (values.empty()) return {};
  const auto n = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return Spread{mean, values.size() > 1 ? std::sqrt(squares / (n - 1)) : 0};
}

std::vector<double> measured(const std::vector<const Comparison::Row*>& rows, size_t metric) {
  std::vector<double> values;
  for (const auto* row : rows)
    if (const auto* value = std::get_if<double>(&row->metrics[metric])) values.push_back(*value);
  return values;
}

SeedGroup group_of(const std::vector<const Comparison::Row*>& rows, size_t seed) {
  SeedGroup group{without(rows[0]->settings, seed), std::ssize(rows), {}};
  for (size_t metric = 0; metric < rows[0]->metrics.size(); ++metric)
    group.metrics.push_back(spread_of(measured(rows, metric)));
  return group;
}

}  // namespace

std::vector<SeedGroup> Comparison::over_seeds() const {
  const size_t seed = place_of_seed(settings);
  if (seed == settings.size()) return {};
  std::vector<std::vector<const Row*>> groups;
  for (const auto& row : rows) {
    const auto fits = [&](const auto& group) {
      return without(group[0]->settings, seed) == without(row.settings, seed);
    };
    const auto found = std::ranges::find_if(groups, fits);
    found == groups.end() ? groups.push_back({&row}) : found->push_back(&row);
  }
  if (groups.size() == rows.size()) return {};
  std::vector<SeedGroup> spreads;
  for (const auto& group : groups) spreads.push_back(group_of(group, seed));
  return spreads;
}

Comparison compare(const std::vector<std::filesystem::path>& runs) {
  Comparison all;
  std::vector<Headline> headlines;
  std::vector<std::vector<Setting>> settings;
  for (const auto& run : runs) {
    settings.push_back(settings_of(record_of(run)));
    all.rows.push_back(row_of(run, headlines));
  }
  auto differs = differing(settings);
  for (const auto& headline : headlines) all.metrics.push_back(column_of(headline, headlines));
  for (size_t i = 0; i < runs.size(); ++i) {
    all.rows[i].settings = std::move(differs.rows[i]);
    all.rows[i].metrics.resize(headlines.size());
  }
  all.settings = std::move(differs.columns);
  std::ranges::stable_sort(all.rows, {}, &Comparison::Row::settings);
  return all;
}

}  // namespace hashloom::report
