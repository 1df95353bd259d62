#include <events/fields.hpp>
#include <view/plain_view.hpp>

namespace hashloom::view {
namespace {

constexpr double kPause = 10;  // seconds

bool is_last_epoch(const nlohmann::json& event, const std::string& kind) {
  return kind == "epoch" && events::integer(event, "epoch") == events::integer(event, "epochs");
}

}  // namespace

PlainView::PlainView(std::FILE* out, Clock clock) : out_(out), clock_(std::move(clock)) {}

void PlainView::show(const nlohmann::json& event, const std::string& kind) {
  if (kind == "run") print(plain(messages_.run(event)));
  if (kind == "stage") show_stage(event);
  if (kind == "progress" || kind == "epoch") show_progress(event, kind);
  if (kind == "round") print(plain(messages_.round_ended(event)));
  if (kind == "loop") print(plain(messages_.loop_ended(event)));
  if (kind == "resume") print(plain(messages_.resumed(event)));
  if (kind == "warning") print(messages_.warning(event, false));
  if (kind == "error") print(messages_.error(event, false));
  if (kind == "end") print(plain(messages_.run_ended(event)));
}

void PlainView::show_stage(const nlohmann::json& event) {
  const auto stage = events::text(event, "stage");
  const bool starts = events::text(event, "state") == "started";
  working_.erase(stage);
  if (starts) working_.emplace(stage, Work{StageProgress(event), clock_()});
  print(plain(starts ? messages_.stage_started(event) : messages_.stage_ended(event)));
}

void PlainView::show_progress(const nlohmann::json& event, const std::string& kind) {
  const auto found = working_.find(events::text(event, "stage"));
  if (found == working_.end()) return;
  auto& [progress, shown] = found->second;
  const double now = clock_();
  kind == "epoch" ? progress.on_epoch(event, now) : progress.on_progress(event, now);
  if (now - shown < kPause && !is_last_epoch(event, kind)) return;
  shown = now;
  print(plain(progress.line_without_bar(messages_.round(event), now)));
}

void PlainView::print(const std::string& text) {
  if (text.empty()) return;
  std::fputs((text + '\n').c_str(), out_);
  std::fflush(out_);
}

}  // namespace hashloom::view
