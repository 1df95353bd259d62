#pragma once
#include <events/reader.hpp>
#include <filesystem>
#include <optional>
#include <report/table.hpp>

namespace hashloom::report {

/// One run's, or one sweep's, line in a list of runs.
struct RunInfo {
  std::filesystem::path folder;
  std::string name;
  events::RunState state = events::RunState::crashed;
  bool is_paused = false;             ///< somebody asked it to wait: hashloom control RUN pause
  bool is_waiting = false;            ///< nothing has happened yet: no event was written
  double started = 0;                 ///< seconds since 1970, 0 if unknown
  int64_t rounds = 0, of_rounds = 0;  ///< done, planned, of all loops; 0 without a loop
  int64_t cells = 0, of_cells = 0;    ///< of a sweep: finished, all; 0 of a run
  std::string metric, unit;           ///< the headline metric measured last, empty: none
  Cell value;
  double seconds = 0;                 ///< that it worked, pauses before a resume left out
  std::string why;                    ///< it crashed, and who was at work; empty: it did not
  std::string trouble;                ///< why its events can't be read, empty: they can
  std::vector<RunInfo> broken_cells;  ///< of a sweep: those that have crashed or can't be read
};

/// A folder that holds a run's events, or its record.
bool is_run(const std::filesystem::path& folder);

RunInfo run_info(const std::filesystem::path& run);

/// "running", "paused", "crashed", ..., "not begun"; "unreadable" where its events are.
std::string state_name(const RunInfo& run);

/// The headline metric measured last: "mAP@all 54.00 %".
std::string shown_metric(const RunInfo& run);

/// The runs and sweeps in a folder (usually `runs`), the newest first; none if there is no such folder. The cells of a
/// sweep are the runs of its folder.
std::vector<RunInfo> list_runs(const std::filesystem::path& folder);

Table runs_table(const std::vector<RunInfo>& runs);
/// A line for each run or cell that has crashed or can't be read: why. Of a sweep's cells the first five.
std::string troubles(const std::vector<RunInfo>& runs);
nlohmann::json to_json(const std::vector<RunInfo>& runs);

/// The newest run or sweep that `resume` can go on with: crashed, stopped or failed.
std::optional<std::filesystem::path> newest_unfinished(const std::filesystem::path& folder);

}  // namespace hashloom::report
