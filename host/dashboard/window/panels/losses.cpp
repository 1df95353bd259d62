#include <fmt/format.h>

#include <algorithm>
#include <dashboard/window/look.hpp>
#include <dashboard/window/panels/panels.hpp>
#include <dashboard/window/plots.hpp>
#include <dashboard/window/words.hpp>

namespace hashloom::dash {
namespace {

std::vector<std::string> stages_with_losses(const History& history) {
  std::vector<std::string> stages;
  for (const auto& series : history.losses)
    if (std::ranges::find(stages, series.stage) == stages.end()) stages.push_back(series.stage);
  return stages;
}

/// The losses of every stage that trains, over all its epochs; faint lines are where rounds begin.
class Losses final : public Panel {
 public:
  const char* title() const override { return "Losses"; }

  void draw(Scene& scene) override {
    const auto* run = scene.session.chosen();
    if (says_no_run(run)) return;
    const auto stages = stages_with_losses(run->history());
    if (stages.empty()) {
      say_empty("No losses yet", "They come with the first steps of a stage that trains");
      return;
    }
    const float gap = ImGui::GetStyle().ItemSpacing.y * static_cast<float>(stages.size() - 1);
    const float height = (ImGui::GetContentRegionAvail().y - gap) / static_cast<float>(stages.size());
    for (const auto& stage : stages)
      draw_stage(run->history(), stage, std::max(height, 8 * ImGui::GetTextLineHeight()));
  }

  report::Table table(Session& session) override {
    report::Table all{{{"stage", "stage"}, {"loss", "loss"}, {"epoch", "epoch"}, {"value", "value"}}, {}};
    if (session.chosen() == nullptr) return all;
    for (const auto& series : session.chosen()->history().losses)
      for (size_t i = 0; i < series.points.x().size(); ++i)
        all.rows.push_back({series.stage, series.name, series.points.x()[i], series.points.y()[i]});
    return all;
  }

 private:
  static void draw_stage(const History& history, const std::string& stage, float height) {
    if (!ImPlot::BeginPlot(("##" + stage).c_str(), {-1, height}, ImPlotFlags_NoTitle | ImPlotFlags_NoMouseText)) return;
    ImPlot::SetupAxes(fmt::format("epochs of {}, all rounds", stage).c_str(), "loss", ImPlotAxisFlags_AutoFit,
                      ImPlotAxisFlags_AutoFit);
    ImPlot::SetupLegend(ImPlotLocation_NorthEast);
    draw_round_starts(history, stage);
    int64_t place = 0;
    for (const auto& series : history.losses) {
      if (series.stage != stage) continue;
      auto style = curve_style(place++);
      if (series.points.x().size() > 16) style.Marker = ImPlotMarker_None;
      ImPlot::PlotLine(series.name.c_str(), series.points.x().data(), series.points.y().data(),
                       static_cast<int>(series.points.x().size()), style);
    }
    ImPlot::EndPlot();
  }

  static void draw_round_starts(const History& history, const std::string& stage) {
    const auto starts = history.round_starts.find(stage);
    if (starts == history.round_starts.end()) return;
    std::vector<double> places;
    for (const auto& [round, x] : starts->second)
      if (round > 1) places.push_back(x);
    ImPlotSpec style;
    style.LineColor = faint_colour();
    style.LineColor.w = 0.5F;
    style.Flags = ImPlotItemFlags_NoLegend | ImPlotItemFlags_NoFit;
    ImPlot::PlotInfLines("##rounds", places.data(), static_cast<int>(places.size()), style);
  }
};

}  // namespace

std::unique_ptr<Panel> losses_panel() { return std::make_unique<Losses>(); }

}  // namespace hashloom::dash
