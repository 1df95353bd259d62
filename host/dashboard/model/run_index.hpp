#pragma once
#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <report/runs.hpp>
#include <string>
#include <vector>

namespace hashloom::dash {

struct ListedRun {
  report::RunInfo info;
  std::string group;  ///< the sweep whose cell it is; empty: none
};

/// The runs of a folder and the cells of its sweeps, the newest first. A run is read again only where its files have
/// changed, and then at most so often that reading takes a twentieth of the time.
class RunIndex {
 public:
  using Clock = std::chrono::steady_clock;
  explicit RunIndex(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// True where a line of the list has changed.
  bool refresh(Clock::time_point now = Clock::now());

  const std::filesystem::path& folder() const { return folder_; }
  const std::vector<ListedRun>& runs() const { return runs_; }

 private:
  struct Stamp {
    uintmax_t size = 0;
    std::filesystem::file_time_type written{}, beaten{};
    bool operator==(const Stamp&) const = default;
  };
  struct Known {
    Stamp stamp;
    Clock::time_point next{};
    ListedRun run;
  };

  static Stamp stamp_of(const std::filesystem::path& run);
  bool update(const std::filesystem::path& run, const std::string& group, Clock::time_point now);
  /// Each run's folder, and the sweep whose cell it is.
  std::map<std::filesystem::path, std::string> folders() const;

  std::filesystem::path folder_;
  std::map<std::filesystem::path, Known> known_;
  std::vector<ListedRun> runs_;
};

}  // namespace hashloom::dash
