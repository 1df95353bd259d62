#pragma once
#include <imgui.h>

#include <cstdint>

namespace hashloom::dash {

/// The mark of a class: one of ten shapes of its own in its colour, so that colour is not the only cue. At most 8
/// corners: ImPlot's own markers cost ten times as much.
void draw_marker(ImDrawList& list, ImVec2 centre, float radius, int64_t class_number);
/// Markers with their numbers in a row, as a legend.
void class_legend(int64_t classes);

}  // namespace hashloom::dash
