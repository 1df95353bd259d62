#pragma once
#include <dashboard/model/followed_run.hpp>
#include <dashboard/model/run_index.hpp>
#include <dashboard/model/timeline.hpp>
#include <memory>
#include <set>

namespace hashloom::dash {

/// What a window looks at: the runs of a folder, the one that is chosen, those to compare with it, the round.
class Session {
 public:
  /// `place`: a folder of runs, or a run's own folder, which is then chosen. Without one the newest run is.
  /// `compared`: runs of the same folder.
  explicit Session(const std::filesystem::path& place, const std::vector<std::filesystem::path>& compared = {});

  /// Reads what is new; true where something changed that a panel may show.
  bool refresh();

  const RunIndex& index() const { return index_; }
  FollowedRun* chosen() { return chosen_.get(); }
  void choose(const std::filesystem::path& run);

  /// The runs picked to compare, in the order of the list; the chosen one is always among them.
  std::vector<FollowedRun*> compared();
  bool is_compared(const std::filesystem::path& run) const { return picked_.contains(run); }
  void compare(const std::filesystem::path& run, bool with_it);

  Timeline timeline;
  int64_t selected_item = -1;                   ///< of the chosen run's sample: its place in it; -1: none
  int64_t version() const { return version_; }  ///< changes with what refresh() found or a person chose

 private:
  FollowedRun* follow(const std::filesystem::path& run);
  void drop_unseen();  ///< runs that are neither chosen nor picked are followed no more

  RunIndex index_;
  std::shared_ptr<FollowedRun> chosen_;
  std::set<std::filesystem::path> picked_;
  std::map<std::filesystem::path, std::shared_ptr<FollowedRun>> followed_;
  int64_t version_ = 0;
};

}  // namespace hashloom::dash
