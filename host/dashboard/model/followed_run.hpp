#pragma once
#include <dashboard/model/history.hpp>
#include <events/reader.hpp>
#include <filesystem>
#include <string>

namespace hashloom::dash {

/// A run's folder, read again and again while a window shows it. Nothing in it is ever written.
class FollowedRun {
 public:
  explicit FollowedRun(std::filesystem::path folder);

  /// Takes what is new; true where something changed that a panel may show.
  bool refresh();

  const std::filesystem::path& folder() const { return folder_; }
  const History& history() const { return history_; }
  events::RunState state() const { return state_; }
  std::string state_name() const;  ///< "running", "paused", "not begun", "unreadable", ...
  bool is_live() const;            ///< its process is there
  /// Why its events can't be read, why it crashed, how many lines are damaged; empty: all is well.
  const std::string& trouble() const { return trouble_; }
  /// run.json; null while it is not there or is damaged.
  const nlohmann::json& record() const { return record_; }
  std::filesystem::path blob(const std::string& name) const { return folder_ / "blobs" / name; }

 private:
  void take(events::Tailer::News news);
  void read_record();
  std::string trouble_now() const;

  std::filesystem::path folder_;
  events::Tailer tailer_;
  History history_;
  nlohmann::json record_;
  events::RunState state_ = events::RunState::stopped;
  std::string unreadable_, trouble_;
};

}  // namespace hashloom::dash
