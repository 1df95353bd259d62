#pragma once
#include <filesystem>
#include <optional>
#include <report/table.hpp>
#include <vector>

namespace hashloom::report {

/// Of a sample: the deviation divides by n - 1; it is 0 for one value.
struct Spread {
  double mean = 0, deviation = 0;
};

/// Runs that nothing but the seed tells apart.
struct SeedGroup {
  std::vector<Cell> settings;  ///< as Comparison::settings without the seed
  int64_t runs = 0;
  std::vector<std::optional<Spread>> metrics;  ///< as Comparison::metrics; nothing where no run measured it
};

/// Runs side by side, ordered by the settings that differ.
struct Comparison {
  struct Row {
    std::vector<Cell> settings, metrics;  ///< as the columns; metrics as measured last
    Cell seconds;                         ///< that it worked
    std::string state;
    std::filesystem::path folder;
  };
  std::vector<Column> settings, metrics;
  std::vector<Row> rows;

  /// Empty where no two runs differ by their seed alone.
  std::vector<SeedGroup> over_seeds() const;
};

/// Throws BadFolder for a folder that is no run's.
Comparison compare(const std::vector<std::filesystem::path>& runs);

/// A table of runs, and one of means and deviations over seeds where there are several seeds; for the terminal.
std::string render(const Comparison& comparison);

/// {"runs": [{settings: {}, metrics: {}, seconds, state, folder}],
///  "over_seeds": [{settings: {}, runs, metrics: {name: {mean, deviation}}}]}.
nlohmann::json to_json(const Comparison& comparison);

}  // namespace hashloom::report
