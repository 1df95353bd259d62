#pragma once
#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

namespace hashloom::events {

/// Kinds of events; none: all. To skip an event costs a tenth of reading it.
using Kinds = std::set<std::string, std::less<>>;

/// Follows an events.jsonl that may still grow: takes complete lines only, never locks, notices truncation and a
/// replaced file (it then starts over and says so).
class Tailer {
 public:
  /// Gives events of the kinds in `wanted`, those that say which ones count, and the last one of each poll.
  explicit Tailer(std::filesystem::path run, Kinds wanted = {});

  struct News {
    std::vector<nlohmann::json> events;
    bool started_over = false;  ///< forget what came before
  };
  /// Events since the last call; empty if the file is not there yet. Lines that are no JSON are counted, not thrown.
  /// Throws std::runtime_error for events of a newer schema.
  News poll();
  int64_t bad_lines() const { return bad_lines_; }

 private:
  std::filesystem::path file_;
  Kinds wanted_;
  int64_t offset_ = 0, bad_lines_ = 0;
  uint64_t inode_ = 0;
  std::string last_line_;  ///< ends at offset_; tells a file that was written anew
};

/// The events that count: after {kind: resume, after: S} those between S and it are dropped.
/// With `wanted`: those of these kinds, and the last one.
std::vector<nlohmann::json> read(const std::filesystem::path& run, const Kinds& wanted = {});
std::vector<nlohmann::json> without_undone(std::vector<nlohmann::json> events);

enum class RunState { running, stalled, crashed, stopped, failed, finished };
const char* name(RunState state);
/// `events`: those of kind "end" and "error", and the last one, at the least.
RunState state_of(const std::filesystem::path& run, const std::vector<nlohmann::json>& events);
/// From the heartbeat, the process and the last event. `stalled`: the process is there, the heartbeat is older than 30
/// s.
RunState state_of(const std::filesystem::path& run);

}  // namespace hashloom::events
