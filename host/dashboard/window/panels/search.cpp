#include <fmt/format.h>

#include <algorithm>
#include <dashboard/model/round_codes.hpp>
#include <dashboard/window/look.hpp>
#include <dashboard/window/panels/panels.hpp>
#include <dashboard/window/thumbnails.hpp>
#include <dashboard/window/words.hpp>

namespace hashloom::dash {
namespace {

constexpr size_t kShown = 24;

/// One picture of the run's sample, and those of the sample that are nearest to it by code.
class Search final : public Panel {
 public:
  const char* title() const override { return "Search"; }

  void draw(Scene& scene) override {
    auto& session = scene.session;
    if (says_no_run(session.chosen())) return;
    codes_.show(*session.chosen(), session.timeline.round());
    if (!codes_.trouble().empty() || !codes_.sample()) return say_empty("No pictures to search among", remedy());
    if (session.selected_item < 0 || session.selected_item >= codes_.sample()->size()) session.selected_item = 0;
    draw_query(scene);
    draw_found(scene);
  }

  report::Table table(Session& session) override {
    report::Table all{{{"image", "image"}, {"class", "class"}, {"distance", "distance"}}, {}};
    if (session.chosen() == nullptr) return all;
    codes_.show(*session.chosen(), session.timeline.round());
    if (!codes_.trouble().empty() || !codes_.sample()) return all;
    for (const auto& found :
         nearest(*codes_.sample(), codes_.codes(), std::max<int64_t>(session.selected_item, 0), kShown))
      all.rows.push_back({codes_.sample()->items[static_cast<size_t>(found.place)],
                          int64_t{codes_.sample()->classes[static_cast<size_t>(found.place)]}, found.distance});
    return all;
  }

 private:
  std::string remedy() const {
    if (!codes_.sample_trouble().empty()) return codes_.sample_trouble();
    if (!codes_.sample())
      return "evaluator/embedding records them: add it to the loop's observe, with images and labels";
    return codes_.trouble();
  }

  void draw_query(Scene& scene) {
    auto& session = scene.session;
    const auto& sample = *codes_.sample();
    const auto i = static_cast<size_t>(session.selected_item);
    Thumbnails(sample, scene).draw(session.selected_item, 4 * ImGui::GetTextLineHeight());
    ImGui::SameLine();
    ImGui::BeginGroup();
    ImGui::Text("image %lld, class %d", static_cast<long long>(sample.items[i]), sample.classes[i]);
    int chosen = static_cast<int>(session.selected_item);
    ImGui::SetNextItemWidth(10 * ImGui::GetFontSize());
    if (ImGui::InputInt("of the sample", &chosen))
      session.selected_item = std::clamp<int64_t>(chosen, 0, sample.size() - 1);
    ImGui::EndGroup();
  }

  void draw_found(Scene& scene) {
    const auto& sample = *codes_.sample();
    const int query_class = sample.classes[static_cast<size_t>(scene.session.selected_item)];
    const auto found = nearest(sample, codes_.codes(), scene.session.selected_item, kShown);
    const auto is_right = [&](const Neighbour& one) {
      return query_class >= 0 && sample.classes[static_cast<size_t>(one.place)] == query_class;
    };
    const auto right = std::ranges::count_if(found, is_right);
    ImGui::Text("%td of the nearest %zu are of its class", right, found.size());
    if (!ImGui::BeginChild("found", {0, -2 * ImGui::GetTextLineHeightWithSpacing()})) return ImGui::EndChild();
    const Thumbnails images(sample, scene);
    const float side = 3.2F * ImGui::GetTextLineHeight();
    for (size_t i = 0; i < found.size(); ++i) {
      if (i > 0 && ImGui::GetItemRectMax().x + side + 20 < ImGui::GetWindowPos().x + ImGui::GetWindowWidth())
        ImGui::SameLine();
      draw_neighbour(found[i], is_right(found[i]), images, side, scene);
    }
    ImGui::EndChild();
    caption("frame and mark: + same class, x another; nearest first. " + sample.caption);
  }

  static void draw_neighbour(const Neighbour& found, bool is_right, const Thumbnails& images, float side,
                             Scene& scene) {
    ImGui::BeginGroup();
    const auto colour = is_right ? good_colour() : bad_colour();
    if (images.button(found.place, side, colour)) scene.session.selected_item = found.place;
    coloured(colour, fmt::format("{} {} bit{}", is_right ? "+" : "x", found.distance, found.distance == 1 ? "" : "s"));
    ImGui::EndGroup();
  }

  RoundCodes codes_;
};

}  // namespace

std::unique_ptr<Panel> search_panel() { return std::make_unique<Search>(); }

}  // namespace hashloom::dash
