#include <fmt/format.h>

#include <algorithm>
#include <boost/dll/runtime_symbol_info.hpp>
#include <cli/command.hpp>
#include <cli/sweep_options.hpp>
#include <cli/sweep_progress.hpp>
#include <cli/sweep_to_end.hpp>
#include <engine/interrupt.hpp>
#include <engine/run_folder.hpp>
#include <events/heartbeat.hpp>
#include <events/reader.hpp>
#include <report/compare.hpp>
#include <report/sweeps.hpp>
#include <sweep/capacity.hpp>

namespace hashloom::cli {
namespace {

namespace po = boost::program_options;
using Folders = std::vector<std::filesystem::path>;

bool is_finished(const std::filesystem::path& cell) {
  return std::filesystem::exists(cell / "events.jsonl") && events::state_of(cell) == events::RunState::finished;
}

sweep::How how_from(const po::variables_map& values, const Folders& left) {
  sweep::How how{boost::dll::program_location().string(),
                 {"resume"},
                 jobs_from(values),
                 values.count("fail-fast") > 0,
                 is_finished};
  if (how.at_once == 0) how.at_once = sweep::cells_at_once(engine::read_run_record(left[0]).machine, std::ssize(left));
  if (values.count("plugins"))
    for (const auto& folder : values["plugins"].as<std::vector<std::string>>())
      how.arguments.insert(how.arguments.end(), {"--plugins", folder});
  if (values.count("allow-writable-plugins")) how.arguments.push_back("--allow-writable-plugins");
  return how;
}

std::vector<sweep::Ended> run_left(const Folders& left, const sweep::How& how, int64_t all) {
  if (left.empty()) return {};
  const engine::SignalGuard signals;
  SweepProgress progress(all, all - std::ssize(left));
  return sweep::run_cells(left, how, progress);
}

/// That of the failed cells if they failed alike.
int status_of(const std::vector<sweep::Ended>& ended, size_t asked) {
  std::vector<int> failures;
  for (const auto& each : ended)
    if (each.status != kSuccess && each.status != kInterrupted) failures.push_back(each.status);
  if (failures.empty())
    return engine::stop_asked() == engine::Stop::no && ended.size() == asked ? kSuccess : kInterrupted;
  return std::ranges::all_of(failures, [](int status) { return status == kUsersMistake; }) ? kUsersMistake : kFailure;
}

void tell_how_to_go_on(const std::filesystem::path& sweep, const Folders& cells) {
  const auto finished = std::ranges::count_if(cells, is_finished);
  if (finished == std::ssize(cells)) return;
  fmt::print(stderr, "{} of {} cells are finished; go on with the others: hashloom resume {}\n", finished, cells.size(),
             sweep.string());
}

}  // namespace

int sweep_to_end(const std::filesystem::path& sweep, const po::variables_map& values) {
  if (events::is_alive(sweep))
    throw DataError(fmt::format("another process is at {}", sweep.string()), "wait for it, or stop it first");
  const events::Heartbeat heartbeat(sweep);
  const auto cells = report::cells_of(sweep);
  Folders left = cells;
  std::erase_if(left, is_finished);
  int status = kSuccess;
  if (left.empty()) {
    fmt::print(stderr, "all {} cells are finished\n", cells.size());
  } else {
    const auto how = how_from(values, left);
    fmt::print(stderr, "sweep: {} ({} of {} cells to run, {} at once)\n", sweep.string(), left.size(), cells.size(),
               how.at_once);
    status = status_of(run_left(left, how, std::ssize(cells)), left.size());
  }
  fmt::print("{}", report::render(report::compare(cells)));
  tell_how_to_go_on(sweep, cells);
  return status;
}

}  // namespace hashloom::cli
