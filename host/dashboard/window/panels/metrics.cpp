#include <fmt/format.h>

#include <algorithm>
#include <dashboard/model/metric_table.hpp>
#include <dashboard/window/panels/panels.hpp>
#include <dashboard/window/plots.hpp>
#include <dashboard/window/words.hpp>

namespace hashloom::dash {
namespace {

/// A metric of all runs that are compared, over their rounds.
class Metrics final : public Panel {
 public:
  const char* title() const override { return "mAP by round"; }

  void draw(Scene& scene) override {
    auto& session = scene.session;
    if (says_no_run(session.chosen())) return;
    const auto names = metric_names(session.chosen()->history());
    if (names.empty()) {
      say_empty("Nothing was measured yet",
                "Figures come when an evaluator has run: before round 1, and after every round");
      return;
    }
    if (std::ranges::find(names, metric_) == names.end()) metric_ = names.front();
    draw_choice(names);
    draw_plot(session);
  }

  report::Table table(Session& session) override { return metric_table(session.compared(), metric_); }

 private:
  void draw_choice(const std::vector<std::string>& names) {
    ImGui::SetNextItemWidth(-1);
    if (!ImGui::BeginCombo("##metric", metric_.c_str())) return;
    for (const auto& name : names)
      if (ImGui::Selectable(name.c_str(), name == metric_)) metric_ = name;
    ImGui::EndCombo();
  }

  void draw_plot(Session& session) {
    const auto lines = metric_lines(session.compared(), metric_);
    const auto unit = lines.empty() ? "" : lines.front().unit;
    double last = static_cast<double>(session.timeline.last());
    for (const auto& line : lines)
      if (!line.rounds.empty()) last = std::max(last, line.rounds.back());
    const auto label = unit.empty() ? metric_ : metric_ + ", " + unit;
    if (!begin_round_plot("##metrics", label, static_cast<int64_t>(last), session.timeline)) return;
    for (size_t i = 0; i < lines.size(); ++i)
      ImPlot::PlotLine(lines[i].name.c_str(), lines[i].rounds.data(), lines[i].values.data(),
                       static_cast<int>(lines[i].rounds.size()), curve_style(static_cast<int64_t>(i)));
    end_round_plot(session.timeline);
  }

  std::string metric_;
};

}  // namespace

std::unique_ptr<Panel> metrics_panel() { return std::make_unique<Metrics>(); }

}  // namespace hashloom::dash
