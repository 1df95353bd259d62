#include <algorithm>
#include <dashboard/model/run_index.hpp>
#include <report/sweeps.hpp>
#include <stdexcept>

namespace hashloom::dash {

namespace fs = std::filesystem;

RunIndex::Stamp RunIndex::stamp_of(const fs::path& run) {
  Stamp stamp;
  std::error_code missing;
  stamp.size = fs::file_size(run / "events.jsonl", missing);
  if (missing) stamp.size = 0;
  stamp.written = fs::last_write_time(run / "events.jsonl", missing);
  stamp.beaten = fs::last_write_time(run / "heartbeat.json", missing);
  return stamp;
}

std::map<fs::path, std::string> RunIndex::folders() const {
  std::map<fs::path, std::string> found;
  std::error_code failed;
  for (fs::directory_iterator entry(folder_, failed), end; entry != end; entry.increment(failed)) {
    const auto& path = entry->path();
    try {
      if (report::is_sweep(path))
        for (const auto& cell : report::cells_of(path)) found.emplace(cell, path.filename().string());
      else if (report::is_run(path))
        found.emplace(path, "");
    } catch (const std::runtime_error&) {
      found.emplace(path, "");  // run_info tells what is wrong
    }
  }
  return found;
}

bool RunIndex::update(const fs::path& run, const std::string& group, Clock::time_point now) {
  auto& known = known_[run];
  const auto stamp = stamp_of(run);
  const auto state = known.run.info.state;
  const bool may_stall = state == events::RunState::running || state == events::RunState::stalled;
  const bool is_new = known.run.info.folder.empty(), has_grown = stamp != known.stamp;
  if (!is_new && (now < known.next || (!has_grown && !may_stall))) return false;
  const auto begun = Clock::now();
  const auto before = known.run.info;
  known.run = {report::run_info(run), group};
  known.stamp = stamp;
  known.next = now + 20 * (Clock::now() - begun) + (may_stall ? std::chrono::seconds(1) : std::chrono::seconds(0));
  return is_new || has_grown || report::state_name(known.run.info) != report::state_name(before);
}

bool RunIndex::refresh(Clock::time_point now) {
  const auto there = folders();
  bool changed = false;
  for (const auto& [run, group] : there) changed |= update(run, group, now);
  changed |= std::erase_if(known_, [&](const auto& known) { return !there.contains(known.first); }) > 0;
  if (!changed) return false;
  runs_.clear();
  for (const auto& [run, known] : known_) runs_.push_back(known.run);
  std::ranges::stable_sort(runs_, std::greater{}, [](const ListedRun& run) { return run.info.started; });
  return true;
}

}  // namespace hashloom::dash
