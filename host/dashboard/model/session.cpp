#include <dashboard/model/session.hpp>

namespace hashloom::dash {
namespace {

namespace fs = std::filesystem;

/// Without a slash at its end, so that its parent is the folder it lies in.
fs::path plain(const fs::path& place) {
  const auto whole = fs::absolute(place).lexically_normal();
  return whole.has_filename() ? whole : whole.parent_path();
}

}  // namespace

Session::Session(const fs::path& place, const std::vector<fs::path>& compared)
    : index_(report::is_run(place) ? plain(place).parent_path() : plain(place)) {
  if (report::is_run(place)) choose(plain(place));
  for (const auto& run : compared) picked_.insert(plain(run));
  refresh();
}

FollowedRun* Session::follow(const fs::path& run) {
  auto& followed = followed_[run];
  if (!followed) followed = std::make_shared<FollowedRun>(run);
  return followed.get();
}

void Session::choose(const fs::path& run) {
  follow(run);
  chosen_ = followed_[run];
  selected_item = -1;
  timeline = {};
  timeline.extend_to(chosen_->history().last_round());
  drop_unseen();
  ++version_;
}

void Session::compare(const fs::path& run, bool with_it) {
  if (with_it)
    picked_.insert(run);
  else
    picked_.erase(run);
  drop_unseen();
  ++version_;
}

void Session::drop_unseen() {
  const auto is_unseen = [&](const auto& followed) {
    return followed.second != chosen_ && !picked_.contains(followed.first);
  };
  std::erase_if(followed_, is_unseen);
}

std::vector<FollowedRun*> Session::compared() {
  std::vector<FollowedRun*> all;
  for (const auto& listed : index_.runs()) {
    const auto& folder = listed.info.folder;
    const bool is_chosen = chosen_ && chosen_->folder() == folder;
    if (is_chosen || picked_.contains(folder)) all.push_back(follow(folder));
  }
  return all;
}

bool Session::refresh() {
  bool changed = index_.refresh();
  if (!chosen_ && !index_.runs().empty()) choose(index_.runs().front().info.folder);
  for (const auto& [folder, run] : followed_) changed |= run->refresh();
  if (chosen_) timeline.extend_to(chosen_->history().last_round());
  if (changed) ++version_;
  return changed;
}

}  // namespace hashloom::dash
