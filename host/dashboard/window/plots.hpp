#pragma once
#include <implot.h>

#include <dashboard/model/timeline.hpp>
#include <string>

namespace hashloom::dash {

/// A plot over rounds 0 to `last`: the shown one as a line, a click picks a round. Between begin and end, as ImPlot's;
/// y_label says the unit.
bool begin_round_plot(const char* id, const std::string& y_label, int64_t last, const Timeline& timeline);
void end_round_plot(Timeline& timeline);

/// A line of curve number `place`, with its own marker at the points.
ImPlotSpec curve_style(int64_t place);

}  // namespace hashloom::dash
