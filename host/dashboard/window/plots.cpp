#include <cmath>
#include <dashboard/window/look.hpp>
#include <dashboard/window/plots.hpp>
#include <vector>

namespace hashloom::dash {

bool begin_round_plot(const char* id, const std::string& y_label, int64_t last, const Timeline& timeline) {
  if (!ImPlot::BeginPlot(id, {-1, -1}, ImPlotFlags_NoTitle | ImPlotFlags_NoMouseText)) return false;
  ImPlot::SetupAxes("round", y_label.c_str(), ImPlotAxisFlags_NoGridLines, ImPlotAxisFlags_AutoFit);
  std::vector<double> ticks;
  const auto step = std::max<int64_t>(1, last / 10);
  for (int64_t round = 0; round <= last; round += step) ticks.push_back(static_cast<double>(round));
  ImPlot::SetupAxisLimits(ImAxis_X1, -0.15, static_cast<double>(std::max<int64_t>(last, 1)) + 0.15, ImPlotCond_Always);
  ImPlot::SetupAxisFormat(ImAxis_X1, "%.0f");
  ImPlot::SetupAxisTicks(ImAxis_X1, ticks.data(), static_cast<int>(ticks.size()));
  ImPlot::SetupLegend(ImPlotLocation_South, ImPlotLegendFlags_Outside);
  const auto shown = static_cast<double>(timeline.round());
  ImPlotSpec style;
  style.LineColor = faint_colour();
  style.Flags = ImPlotItemFlags_NoLegend | ImPlotItemFlags_NoFit;
  ImPlot::PlotInfLines("##shown", &shown, 1, style);
  return true;
}

void end_round_plot(Timeline& timeline) {
  if (ImPlot::IsPlotHovered() && ImGui::IsMouseClicked(ImGuiMouseButton_Left))
    timeline.pick(std::lround(ImPlot::GetPlotMousePos().x));
  ImPlot::EndPlot();
}

ImPlotSpec curve_style(int64_t place) {
  ImPlotSpec style;
  style.LineColor = style.MarkerFillColor = style.MarkerLineColor = as_vec4(class_colour(place));
  style.LineWeight = 2;
  style.Marker = static_cast<ImPlotMarker>(place % ImPlotMarker_COUNT);
  style.MarkerSize = 4.5F;
  return style;
}

}  // namespace hashloom::dash
