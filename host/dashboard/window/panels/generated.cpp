#include <fmt/format.h>

#include <algorithm>
#include <dashboard/window/panels/panels.hpp>
#include <dashboard/window/words.hpp>

namespace hashloom::dash {
namespace {

/// Of evaluator/embedding: the images of its points, shown elsewhere.
bool is_shown_here(const PictureSeries& series) { return series.name != "sample"; }

std::string label(const PictureSeries& series) { return series.stage + " " + series.name; }

/// Pictures that evaluators recorded: real images beside those that the generator drew for the same code.
class Generated final : public Panel {
 public:
  const char* title() const override { return "Generated"; }

  void draw(Scene& scene) override {
    const auto* run = scene.session.chosen();
    if (says_no_run(run)) return;
    const auto* series = chosen_series(run->history());
    if (series == nullptr) {
      say_empty("No generated pictures", "A workflow records them by evaluator/samples, after every round");
      return;
    }
    draw_choice(run->history());
    const auto round = scene.session.timeline.round();
    const auto* picture = at_round(series->pictures, round);
    if (picture == nullptr) {
      say_empty(fmt::format("Nothing was drawn in round {}", round),
                "The first pictures come after round 1: move the round");
      return;
    }
    draw_picture(scene.pictures.of(run->blob(picture->blob)), *picture);
  }

  report::Table table(Session& session) override {
    report::Table all{
        {{"stage", "stage"}, {"name", "name"}, {"round", "round"}, {"blob", "blob"}, {"caption", "caption"}}, {}};
    if (session.chosen() == nullptr) return all;
    for (const auto& series : session.chosen()->history().pictures)
      for (const auto& [round, picture] : series.pictures)
        all.rows.push_back({series.stage, series.name, round, picture.blob, picture.caption});
    return all;
  }

 private:
  const PictureSeries* chosen_series(const History& history) {
    const PictureSeries* first = nullptr;
    for (const auto& series : history.pictures) {
      if (!is_shown_here(series)) continue;
      if (label(series) == chosen_) return &series;
      if (first == nullptr) first = &series;
    }
    return first;
  }

  void draw_choice(const History& history) {
    if (std::ranges::count_if(history.pictures, is_shown_here) < 2) return;
    if (!ImGui::BeginCombo("##pictures", chosen_.c_str())) return;
    for (const auto& series : history.pictures)
      if (is_shown_here(series) && ImGui::Selectable(label(series).c_str())) chosen_ = label(series);
    ImGui::EndCombo();
  }

  static void draw_picture(const Texture& texture, const RecordedPicture& picture) {
    if (!texture.trouble.empty()) {
      say_empty("The picture can't be shown", texture.trouble);
      return;
    }
    const float room = ImGui::GetContentRegionAvail().x;
    const float text =
        ImGui::CalcTextSize(picture.caption.c_str(), nullptr, false, room).y + ImGui::GetStyle().ItemSpacing.y;
    const float high = std::max(ImGui::GetContentRegionAvail().y - text, 4 * ImGui::GetTextLineHeight());
    const float scale = std::min(room / static_cast<float>(texture.width), high / static_cast<float>(texture.height));
    ImGui::Image(texture.id, {scale * static_cast<float>(texture.width), scale * static_cast<float>(texture.height)});
    caption(picture.caption);
  }

  std::string chosen_;
};

}  // namespace

std::unique_ptr<Panel> generated_panel() { return std::make_unique<Generated>(); }

}  // namespace hashloom::dash
