#include <fmt/format.h>

#include <control/request.hpp>
#include <dashboard/window/look.hpp>
#include <dashboard/window/panels/panels.hpp>
#include <dashboard/window/words.hpp>
#include <report/text.hpp>
#include <system_error>

namespace hashloom::dash {
namespace {

std::string pace(const StageStatus& stage) {
  if (stage.rate <= 0) return {};
  const auto left = stage.seconds_left();
  return fmt::format(", {} {}/s{}", report::rate(stage.rate), stage.unit,
                     left ? ", " + report::duration(*left) + " left" : "");
}

std::string shown_on_bar(const StageStatus& stage) {
  if (stage.state == StageState::waiting) return "waiting";
  if (stage.state == StageState::cached) return "from the cache";
  if (stage.state != StageState::working)
    return stage.seconds > 0 ? fmt::format("{} in {}", name(stage.state), report::duration(stage.seconds))
                             : name(stage.state);
  if (stage.epochs > 0) return fmt::format("epoch {} of {}{}", stage.epoch, stage.epochs, pace(stage));
  return fmt::format("{:.0f} of {:.0f} {}{}", stage.done, stage.total, stage.unit, pace(stage));
}

/// Stages and rounds of the chosen run, how far they are, and what can be asked of it while it goes on.
class Progress final : public Panel {
 public:
  const char* title() const override { return "Progress"; }

  void draw(Scene& scene) override {
    auto* run = scene.session.chosen();
    if (says_no_run(run)) return;
    const auto& history = run->history();
    state_text(run->state_name());
    ImGui::SameLine();
    ImGui::Text("%s on %s, %s, %s", history.run_name.c_str(), history.device.c_str(), history.precision.c_str(),
                report::duration(history.last_wall - history.first_wall).c_str());
    if (!run->trouble().empty()) caption(run->trouble());
    if (run->is_live()) draw_requests(*run);
    draw_rounds(history);
    draw_stages(history);
  }

  report::Table table(Session& session) override {
    report::Table all{{{"stage", "stage"},
                       {"uses", "uses"},
                       {"state", "state"},
                       {"round", "round"},
                       {"share", "share"},
                       {"seconds", "seconds"}},
                      {}};
    if (session.chosen() == nullptr) return all;
    for (const auto& stage : session.chosen()->history().stages)
      all.rows.push_back(
          {stage.name, stage.uses, std::string(name(stage.state)), stage.round, stage.share(), stage.seconds});
    return all;
  }

 private:
  void draw_requests(const FollowedRun& run) {
    if (ImGui::Button(run.history().is_paused ? "Continue" : "Pause"))
      ask(run, run.history().is_paused ? "continue" : "pause");
    ImGui::SameLine();
    if (ImGui::Button("Stop after this round")) ask(run, "stop-after-round");
    if (!answer_.empty()) caption(answer_);
  }

  void ask(const FollowedRun& run, const char* what) {
    try {
      control::send(run.folder(), {"", what, "", "", "", ""});
      answer_ = fmt::format("asked to {}; the Log tells its answer", what);
    } catch (const std::system_error& error) {
      answer_ = fmt::format("{} can't be asked: {}", run.folder().string(), error.what());
    }
  }

  static void draw_rounds(const History& history) {
    if (history.planned_rounds == 0) return;
    const auto done = history.rounds_ended;
    const auto text = fmt::format("{} of at most {} rounds", done, history.planned_rounds);
    bar(static_cast<double>(done) / static_cast<double>(history.planned_rounds), as_vec4(class_colour(0)), text);
  }

  static void draw_stages(const History& history) {
    if (!ImGui::BeginTable("stages", 2, ImGuiTableFlags_ScrollY | ImGuiTableFlags_SizingStretchProp)) return;
    ImGui::TableSetupColumn("stage", ImGuiTableColumnFlags_WidthFixed);
    ImGui::TableSetupColumn("bar", ImGuiTableColumnFlags_WidthStretch);
    for (const auto& stage : history.stages) draw_stage(stage);
    ImGui::EndTable();
  }

  static void draw_stage(const StageStatus& stage) {
    ImGui::TableNextColumn();
    ImGui::AlignTextToFramePadding();
    ImGui::TextUnformatted(stage.name.c_str());
    ImGui::SetItemTooltip("%s%s", stage.uses.c_str(),
                          stage.loop.empty() ? "" : fmt::format(", round {}", stage.round).c_str());
    ImGui::TableNextColumn();
    const bool is_working = stage.state == StageState::working;
    const auto colour = stage.state == StageState::failed ? bad_colour() : as_vec4(class_colour(is_working ? 0 : 8));
    bar(stage.share(), colour, shown_on_bar(stage));
  }

  std::string answer_;
};

}  // namespace

std::unique_ptr<Panel> progress_panel() { return std::make_unique<Progress>(); }

}  // namespace hashloom::dash
