#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <events/fields.hpp>
#include <events/last_words.hpp>
#include <report/headline.hpp>
#include <report/runs.hpp>
#include <report/sweeps.hpp>
#include <report/text.hpp>

namespace hashloom::report {
namespace {

using events::number;
using events::RunState;
using events::text;
using nlohmann::json;

int64_t planned_rounds(const json& run) {
  int64_t planned = 0;
  if (run.contains("rounds") && run["rounds"].is_object())
    for (const auto& rounds : run["rounds"])
      if (rounds.is_number_integer()) planned += rounds.get<int64_t>();
  return planned;
}

/// Seconds between events, those before a resume left out. Events may be left out but for the last one.
double seconds_worked(const std::vector<json>& all) {
  double worked = 0;
  for (size_t i = 1; i < all.size(); ++i) {
    const auto before = number(all[i - 1], "mono"), now = number(all[i], "mono");
    if (before && now && text(all[i], "kind") != "resume") worked += std::max(*now - *before, 0.0);
  }
  return worked;
}

void add(RunInfo& info, const json& event) {
  const auto kind = text(event, "kind");
  if (kind == "run") {
    info.name = text(event, "name");
    info.of_rounds = planned_rounds(event);
  } else if (kind == "round" && events::integer(event, "round").value_or(0) > 0) {
    ++info.rounds;
  } else if (is_headline(event)) {
    info.metric = text(event, "name");
    info.unit = text(event, "unit");
    info.value = figure(event, "value");
  } else if (kind == "control" && text(event, "state") == "accepted") {
    const auto request = text(event, "request");
    if (request == "pause" || request == "continue") info.is_paused = request == "pause";
  } else if (kind == "resume") {
    info.is_paused = false;
  }
}

std::string local_time(double seconds) {
  const auto whole = static_cast<std::time_t>(seconds);
  std::tm parts{};
  if (seconds <= 0 || ::localtime_r(&whole, &parts) == nullptr) return "-";
  return fmt::format("{:%Y-%m-%d %H:%M}", parts);
}

std::string shown_rounds(const RunInfo& run) {
  if (run.of_cells > 0) return fmt::format("{} of {} cells", run.cells, run.of_cells);
  if (run.of_rounds == 0) return "-";
  return fmt::format("{} of {}", run.rounds, run.of_rounds);
}

/// Of a sweep: what is worth knowing first.
RunState common_state(const std::vector<RunInfo>& cells) {
  for (const auto state :
       {RunState::running, RunState::stalled, RunState::failed, RunState::crashed, RunState::stopped})
    if (std::ranges::count(cells, state, &RunInfo::state) > 0) return state;
  return RunState::finished;
}

bool is_broken(const RunInfo& run) { return !run.why.empty() || !run.trouble.empty(); }

void add_cells(RunInfo& sweep, const std::vector<std::filesystem::path>& folders) {
  std::vector<RunInfo> cells;
  for (const auto& folder : folders) cells.push_back(run_info(folder));
  sweep.state = common_state(cells);
  sweep.is_waiting = std::ranges::all_of(cells, &RunInfo::is_waiting);
  sweep.of_cells = std::ssize(cells);
  sweep.cells = std::ranges::count(cells, RunState::finished, &RunInfo::state);
  for (const auto& cell : cells) {
    if (cell.started > 0 && (sweep.started == 0 || cell.started < sweep.started)) sweep.started = cell.started;
    sweep.seconds += cell.seconds;
    if (is_broken(cell)) sweep.broken_cells.push_back(cell);
  }
}

RunInfo sweep_info(const std::filesystem::path& folder) {
  RunInfo info;
  info.folder = folder;
  info.name = folder.filename().string();
  try {
    add_cells(info, cells_of(folder));
  } catch (const std::runtime_error& error) {
    info.trouble = error.what();
  }
  return info;
}

constexpr size_t kToldCells = 5;

std::string trouble_line(const RunInfo& run) {
  if (!is_broken(run)) return "";
  return fmt::format("\n{}: {}: {}", run.folder.string(), state_name(run),
                     without_controls(run.trouble.empty() ? run.why : run.trouble));
}

}  // namespace

bool is_run(const std::filesystem::path& folder) {
  return is_directory(folder) && (exists(folder / "events.jsonl") || exists(folder / "run.json"));
}

std::string state_name(const RunInfo& run) {
  if (!run.trouble.empty()) return "unreadable";
  if (run.is_waiting) return "not begun";
  return run.is_paused && run.state == RunState::running ? "paused" : events::name(run.state);
}

std::string shown_metric(const RunInfo& run) {
  if (run.metric.empty()) return "-";
  const auto value = shown(run.value, {"", "", run.unit == "%", -1});
  return fmt::format("{} {}{}{}", run.metric, value, run.unit.empty() ? "" : " ", run.unit);
}

RunInfo run_info(const std::filesystem::path& folder) {
  RunInfo info;
  info.folder = folder;
  info.name = folder.filename().string();
  try {
    const auto all = events::read(folder, {"run", "round", "metric", "control", "stage", "end", "error"});
    info.state = events::state_of(folder, all);
    for (const auto& event : all) add(info, event);
    info.is_waiting = all.empty() && info.state == RunState::crashed;
    if (info.is_waiting) info.state = RunState::stopped;
    if (info.state == RunState::crashed) info.why = events::why_crashed(folder, all);
    if (!all.empty()) info.started = number(all.front(), "wall").value_or(0);
    info.seconds = seconds_worked(all);
  } catch (const std::runtime_error& error) {
    info.trouble = error.what();
  }
  return info;
}

std::vector<RunInfo> list_runs(const std::filesystem::path& folder) {
  std::vector<RunInfo> runs;
  std::error_code missing;
  for (const auto& entry : std::filesystem::directory_iterator(folder, missing))
    if (is_sweep(entry.path()))
      runs.push_back(sweep_info(entry.path()));
    else if (is_run(entry.path()))
      runs.push_back(run_info(entry.path()));
  std::ranges::sort(runs, [](const RunInfo& a, const RunInfo& b) {
    return a.started != b.started ? a.started > b.started : a.folder > b.folder;
  });
  return runs;
}

Table runs_table(const std::vector<RunInfo>& runs) {
  Table table;
  table.columns = {{"name", "name"},     {"state", "state"}, {"started", "started"}, {"rounds", "rounds"},
                   {"metric", "metric"}, {"time", "time"},   {"folder", "folder"}};
  for (const auto& run : runs)
    table.rows.push_back({run.name, state_name(run), local_time(run.started), shown_rounds(run), shown_metric(run),
                          duration(run.seconds), run.folder.string()});
  return table;
}

std::string troubles(const std::vector<RunInfo>& runs) {
  std::string all;
  for (const auto& run : runs) {
    all += trouble_line(run);
    const auto told = std::min(run.broken_cells.size(), kToldCells);
    for (size_t i = 0; i < told; ++i) all += trouble_line(run.broken_cells[i]);
    if (const auto more = run.broken_cells.size() - told; more > 0)
      all += fmt::format("\n{} more of its cells; see: hashloom runs --runs {}", more, run.folder.string());
  }
  return all.empty() ? all : all + "\n";
}

nlohmann::json to_json(const std::vector<RunInfo>& runs) {
  auto list = json::array();
  for (const auto& run : runs) {
    const auto* value = std::get_if<double>(&run.value);
    list.push_back({{"name", run.name},
                    {"state", state_name(run)},
                    {"started", run.started},
                    {"rounds", run.rounds},
                    {"of_rounds", run.of_rounds},
                    {"cells", run.cells},
                    {"of_cells", run.of_cells},
                    {"metric", run.metric.empty() ? json() : json(run.metric)},
                    {"value", value == nullptr ? json() : json(*value)},
                    {"unit", run.unit},
                    {"seconds", run.seconds},
                    {"folder", run.folder.string()},
                    {"why", run.why.empty() ? json() : json(run.why)},
                    {"trouble", run.trouble.empty() ? json() : json(run.trouble)},
                    {"broken_cells", to_json(run.broken_cells)}});
  }
  return list;
}

std::optional<std::filesystem::path> newest_unfinished(const std::filesystem::path& folder) {
  for (const auto& run : list_runs(folder)) {
    const bool can_go_on =
        run.state == RunState::crashed || run.state == RunState::stopped || run.state == RunState::failed;
    if (can_go_on && run.trouble.empty()) return run.folder;
  }
  return std::nullopt;
}

}  // namespace hashloom::report
