#pragma once
#include <imgui.h>

#include <cstdint>
#include <dashboard/window/options.hpp>

namespace hashloom::dash {

/// Inter from Debian's fonts-inter, else DejaVu Sans, else Dear ImGui's own; once, before the first frame.
void load_font();
/// Colours, gaps and texts of Dear ImGui and ImPlot.
void apply(Look look, float scale);

/// Ten colours that people with any colour vision tell apart (Petroff 2021, arXiv:2107.02270), and on.
ImU32 class_colour(int64_t number);
ImVec4 as_vec4(ImU32 colour);
ImVec4 good_colour();
ImVec4 warning_colour();
ImVec4 bad_colour();
ImVec4 faint_colour();  ///< of texts that only help

}  // namespace hashloom::dash
