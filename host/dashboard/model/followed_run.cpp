#include <fmt/format.h>

#include <algorithm>
#include <dashboard/model/followed_run.hpp>
#include <events/fields.hpp>
#include <events/last_words.hpp>
#include <fstream>
#include <report/runs.hpp>

namespace hashloom::dash {

using events::RunState;

FollowedRun::FollowedRun(std::filesystem::path folder) : folder_(std::move(folder)), tailer_(folder_) { refresh(); }

bool FollowedRun::refresh() {
  const auto before = std::tuple(history_.events, state_, trouble_, record_.is_null());
  try {
    take(tailer_.poll());
    unreadable_.clear();
    state_ = events::state_of(folder_, history_.ending);
  } catch (const std::runtime_error& error) {
    unreadable_ = error.what();
  }
  if (record_.is_null()) read_record();
  trouble_ = trouble_now();
  return before != std::tuple(history_.events, state_, trouble_, record_.is_null());
}

/// What a resumed run did again is not taken back event by event: all is read anew, unless this is all.
void FollowedRun::take(events::Tailer::News news) {
  if (news.started_over) history_ = {};
  const auto is_resume = [](const nlohmann::json& event) { return events::text(event, "kind") == "resume"; };
  if (history_.events > 0 && std::ranges::any_of(news.events, is_resume)) {
    history_ = {};
    tailer_ = events::Tailer(folder_);
    news = tailer_.poll();
  }
  for (const auto& event : events::without_undone(std::move(news.events))) history_.take(event);
}

void FollowedRun::read_record() {
  std::ifstream in(folder_ / "run.json");
  auto record = nlohmann::json::parse(in, nullptr, false);
  if (record.is_object()) record_ = std::move(record);
}

std::string FollowedRun::trouble_now() const {
  if (!unreadable_.empty()) return unreadable_;
  if (history_.events > 0 && state_ == RunState::crashed)
    return fmt::format("crashed: {}; go on with: hashloom resume {}", events::why_crashed(folder_, history_.ending),
                       folder_.string());
  if (state_ == RunState::stalled)
    return "its process is there, but its heartbeat is older than 30 s: the machine is busy, suspended, or its disk "
           "hangs";
  if (tailer_.bad_lines() > 0)
    return fmt::format("{} damaged lines of events.jsonl were left out", tailer_.bad_lines());
  return {};
}

bool FollowedRun::is_live() const {
  return unreadable_.empty() && (state_ == RunState::running || state_ == RunState::stalled);
}

std::string FollowedRun::state_name() const {
  report::RunInfo info;
  info.state = state_;
  info.trouble = unreadable_;
  info.is_paused = history_.is_paused;
  info.is_waiting = history_.events == 0 && state_ != RunState::running;
  return report::state_name(info);
}

}  // namespace hashloom::dash
