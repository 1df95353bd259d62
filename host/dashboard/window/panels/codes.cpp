#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <dashboard/model/round_codes.hpp>
#include <dashboard/window/look.hpp>
#include <dashboard/window/markers.hpp>
#include <dashboard/window/panels/panels.hpp>
#include <dashboard/window/plots.hpp>
#include <dashboard/window/thumbnails.hpp>
#include <dashboard/window/words.hpp>
#include <report/text.hpp>

namespace hashloom::dash {
namespace {

constexpr const char* kNoSample =
    "Add to the loop's observe: {uses: evaluator/embedding, in: {codes: ..., images: ..., labels: ...}}";

/// The training codes of the shown round: where they lie, their bits, their distances, which images share one.
class CodesPanel final : public Panel {
 public:
  const char* title() const override { return "Codes"; }

  void draw(Scene& scene) override {
    const auto* run = scene.session.chosen();
    if (says_no_run(run)) return;
    codes_.show(*run, scene.session.timeline.round());
    if (!codes_.trouble().empty()) {
      say_empty("No codes to show", codes_.trouble() == RoundCodes::kNoCodesYet
                                        ? "A run records them before round 1 and after every round"
                                        : codes_.trouble());
      return;
    }
    draw_heading();
    if (!ImGui::BeginTabBar("codes")) return;
    tab("Embedding", [&] { draw_embedding(scene); });
    tab("Bits", [&] { draw_bits(); });
    tab("Correlation", [&] { draw_correlation(); });
    tab("Distances", [&] { draw_distances(); });
    tab("Shared", [&] { draw_shared(scene); });
    ImGui::EndTabBar();
  }

  report::Table table(Session& session) override {
    report::Table all{{{"bit", "bit"}, {"ones", "ones"}}, {}};
    if (session.chosen() == nullptr) return all;
    codes_.show(*session.chosen(), session.timeline.round());
    if (!codes_.trouble().empty()) return all;
    for (const double share : codes_.ones()) all.rows.push_back({static_cast<int64_t>(all.rows.size()), share});
    return all;
  }

 private:
  template <class Draw>
  static void tab(const char* name, Draw draw) {
    if (!ImGui::BeginTabItem(name)) return;
    draw();
    ImGui::EndTabItem();
  }

  void draw_heading() {
    const auto& codes = codes_.codes();
    caption(fmt::format("{} codes of {} bits, {} distinct", report::grouped(codes.items()), codes.bits(),
                        report::grouped(codes_.distinct())));
  }

  void say_no_sample(const char* what) const {
    const auto& trouble = codes_.sample_trouble();
    say_empty(what, trouble.empty() ? kNoSample : trouble);
  }

  void draw_embedding(Scene& scene) {
    const auto& sample = codes_.sample();
    if (!sample) return say_no_sample("No embedding was recorded");
    const auto classes = *std::ranges::max_element(sample->classes) + 1;
    class_legend(classes);
    const float text = 2 * ImGui::GetTextLineHeightWithSpacing();
    const auto room = ImGui::GetContentRegionAvail();
    constexpr auto kFlags = ImPlotFlags_NoTitle | ImPlotFlags_NoMouseText | ImPlotFlags_Equal | ImPlotFlags_NoLegend;
    if (ImPlot::BeginPlot("##embedding", {-1, -text}, kFlags)) {
      ImPlot::SetupAxes("1st direction, bits", "2nd direction, bits");
      fit(scene.session.chosen()->history(), std::max(room.y - text, 1.0F) / std::max(room.x, 1.0F));
      draw_points(*sample, scene);
      ImPlot::EndPlot();
    }
    caption(sample->caption);
  }

  /// The same limits in every round, so that what moves is the codes; until somebody zooms.
  void fit(const History& history, double aspect) {
    const auto& bounds = history.curve("embedding")->bounds;
    const double half =
        1.1 * std::max({(bounds.right - bounds.left) / 2, (bounds.high - bounds.low) / 2 / aspect, 0.1});
    const double x = (bounds.left + bounds.right) / 2, y = (bounds.low + bounds.high) / 2;
    const bool is_new = half != fitted_;
    fitted_ = half;
    ImPlot::SetupAxesLimits(x - half, x + half, y - half * aspect, y + half * aspect,
                            is_new ? ImPlotCond_Always : ImPlotCond_Once);
  }

  void draw_points(const Sample& sample, Scene& scene) {
    auto& list = *ImPlot::GetPlotDrawList();
    const auto mouse = ImGui::GetMousePos();
    const float radius = 3.2F * ImGui::GetStyle().FontScaleMain;
    int64_t under_mouse = -1;
    float nearest_yet = 10 * radius;
    ImPlot::PushPlotClipRect();
    for (int64_t place = 0; place < sample.size(); ++place) {
      const auto i = static_cast<size_t>(place);
      const auto at = ImPlot::PlotToPixels(sample.x[i], sample.y[i]);
      draw_marker(list, at, radius, sample.classes[i]);
      const float away = std::hypot(at.x - mouse.x, at.y - mouse.y);
      if (away < nearest_yet) {
        nearest_yet = away;
        under_mouse = place;
      }
    }
    const auto selected = static_cast<size_t>(scene.session.selected_item);
    if (selected < sample.x.size())
      list.AddCircle(ImPlot::PlotToPixels(sample.x[selected], sample.y[selected]), 2.5F * radius,
                     ImGui::GetColorU32(ImGuiCol_Text), 0, 2);
    ImPlot::PopPlotClipRect();
    if (under_mouse >= 0 && ImPlot::IsPlotHovered()) point_out(sample, scene, under_mouse);
  }

  void point_out(const Sample& sample, Scene& scene, int64_t place) {
    if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) scene.session.selected_item = place;
    if (!ImGui::BeginTooltip()) return;
    Thumbnails(sample, scene).draw(place, 5 * ImGui::GetTextLineHeight());
    const auto i = static_cast<size_t>(place);
    ImGui::Text("image %lld, class %d", static_cast<long long>(sample.items[i]), sample.classes[i]);
    if (sample.items[i] < codes_.codes().items()) caption("code " + codes_.codes().hex(sample.items[i]));
    ImGui::EndTooltip();
  }

  void draw_bits() {
    std::vector<double> shares;
    for (const double share : codes_.ones()) shares.push_back(100 * share);
    if (!ImPlot::BeginPlot("##bits", {-1, -1}, ImPlotFlags_NoTitle | ImPlotFlags_NoMouseText | ImPlotFlags_NoLegend))
      return;
    ImPlot::SetupAxes("bit", "images that have it, %", ImPlotAxisFlags_AutoFit);
    ImPlot::SetupAxisLimits(ImAxis_Y1, 0, 100, ImPlotCond_Always);
    ImPlotSpec style;
    style.FillColor = style.LineColor = as_vec4(class_colour(0));
    ImPlot::PlotBars("ones", shares.data(), static_cast<int>(shares.size()), 0.7, 0, style);
    const double half = 50;
    ImPlotSpec middle;
    middle.LineColor = faint_colour();
    middle.Flags = ImPlotInfLinesFlags_Horizontal;
    ImPlot::PlotInfLines("half", &half, 1, middle);
    ImPlot::EndPlot();
  }

  void draw_correlation() {
    const auto& values = codes_.correlations();
    const auto bits = static_cast<int>(codes_.codes().bits());
    double sum = 0;
    for (const double value : values) sum += value;
    const double mean = bits > 1 ? (sum - bits) / (static_cast<double>(bits) * (bits - 1)) : 0;
    const float text = ImGui::GetTextLineHeightWithSpacing();
    ImPlot::PushColormap(ImPlotColormap_Viridis);
    if (ImPlot::BeginPlot("##correlation", {-5 * text, -2 * text},
                          ImPlotFlags_NoTitle | ImPlotFlags_NoMouseText | ImPlotFlags_NoLegend | ImPlotFlags_Equal)) {
      ImPlot::SetupAxes("bit", "bit", ImPlotAxisFlags_NoGridLines,
                        ImPlotAxisFlags_NoGridLines | ImPlotAxisFlags_Invert);
      ImPlot::SetupAxesLimits(0, bits, 0, bits, ImPlotCond_Always);
      ImPlot::PlotHeatmap("##values", values.data(), bits, bits, 0, 1, nullptr, {0, 0},
                          {static_cast<double>(bits), static_cast<double>(bits)});
      ImPlot::EndPlot();
    }
    ImGui::SameLine();
    ImPlot::ColormapScale("|r|", 0, 1, {0, -2 * text});
    ImPlot::PopColormap();
    caption(fmt::format(
        "absolute correlation of two bits, mean {:.2f}: 0.15 to 0.25 is healthy, over 0.35 codes collapse", mean));
  }

  void draw_distances() {
    if (!codes_.sample()) return say_no_sample("No classes to tell pairs apart by");
    const auto& found = codes_.distances();
    std::vector<double> same, other;
    for (const double share : found.same) same.push_back(100 * share);
    for (const double share : found.other) other.push_back(100 * share);
    const float text = 2 * ImGui::GetTextLineHeightWithSpacing();
    if (ImPlot::BeginPlot("##distances", {-1, -text}, ImPlotFlags_NoTitle | ImPlotFlags_NoMouseText)) {
      ImPlot::SetupAxes("Hamming distance, bits", "pairs, %", ImPlotAxisFlags_AutoFit, ImPlotAxisFlags_AutoFit);
      ImPlot::SetupLegend(ImPlotLocation_NorthEast);
      ImPlot::PlotStairs("same class", same.data(), static_cast<int>(same.size()), 1, 0, curve_style(0));
      ImPlot::PlotStairs("other classes", other.data(), static_cast<int>(other.size()), 1, 0, curve_style(1));
      ImPlot::EndPlot();
    }
    caption(codes_.sample()->caption);
  }

  void draw_shared(Scene& scene) {
    if (!codes_.sample()) return say_no_sample("No images to show");
    const auto& sample = *codes_.sample();
    const Thumbnails images(sample, scene);
    const float side = 2.2F * ImGui::GetTextLineHeight();
    if (!ImGui::BeginChild("shared")) return ImGui::EndChild();
    const auto count = std::min<size_t>(codes_.shared().size(), 40);
    for (size_t i = 0; i < count; ++i) draw_code(codes_.shared()[i], images, side, scene);
    caption(fmt::format(
        "{} of {} codes of the sample, those that more images share first; click an image to search with it", count,
        codes_.shared().size()));
    ImGui::EndChild();
  }

  static void draw_code(const SharedCode& code, const Thumbnails& images, float side, Scene& scene) {
    ImGui::Text("%s  %zu image%s", code.hex.c_str(), code.places.size(), code.places.size() == 1 ? "" : "s");
    const auto fits = static_cast<size_t>(ImGui::GetContentRegionAvail().x / (side + 14)) + 1;
    for (size_t i = 0; i < std::min(code.places.size(), fits - 1); ++i) {
      if (i > 0) ImGui::SameLine(0, 4);
      if (images.button(code.places[i], side, {0, 0, 0, 0})) scene.session.selected_item = code.places[i];
    }
  }

  RoundCodes codes_;
  double fitted_ = 0;  ///< half the width of the embedding's plot, in bits
};

}  // namespace

std::unique_ptr<Panel> codes_panel() { return std::make_unique<CodesPanel>(); }

}  // namespace hashloom::dash
