#include <implot.h>

#include <array>
#include <dashboard/window/look.hpp>
#include <filesystem>

namespace hashloom::dash {
namespace {

constexpr std::array kFonts{"/usr/share/fonts/opentype/inter/Inter-Regular.otf",
                            "/usr/share/fonts/truetype/inter/Inter-Regular.ttf",
                            "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"};
constexpr float kTextSize = 15;  // pixels

constexpr std::array<ImU32, 10> kClassColours{IM_COL32(0x3f, 0x90, 0xda, 255), IM_COL32(0xff, 0xa9, 0x0e, 255),
                                              IM_COL32(0xbd, 0x1f, 0x01, 255), IM_COL32(0x94, 0xa4, 0xa2, 255),
                                              IM_COL32(0x83, 0x2d, 0xb6, 255), IM_COL32(0xa9, 0x6b, 0x59, 255),
                                              IM_COL32(0xe7, 0x63, 0x00, 255), IM_COL32(0xb9, 0xac, 0x70, 255),
                                              IM_COL32(0x71, 0x75, 0x81, 255), IM_COL32(0x92, 0xda, 0xdd, 255)};

void round_corners(ImGuiStyle& style) {
  style.WindowRounding = style.ChildRounding = style.PopupRounding = 4;
  style.FrameRounding = style.GrabRounding = style.TabRounding = 3;
  style.WindowPadding = {10, 8};
  style.FramePadding = {8, 4};
  style.ItemSpacing = {8, 6};
  style.WindowBorderSize = 0;
  style.FrameBorderSize = 0;
  style.GrabMinSize = 14;
  style.TabBarOverlineSize = 2;
  style.DockingSeparatorSize = 3;
}

struct Shades {
  ImVec4 panel, rim, line, frame, faint;
};
constexpr Shades kDark{{0.105F, 0.115F, 0.130F, 1},
                       {0.070F, 0.078F, 0.090F, 1},
                       {0.20F, 0.22F, 0.25F, 1},
                       {0.17F, 0.185F, 0.21F, 1},
                       {0.60F, 0.63F, 0.67F, 1}};
constexpr Shades kLight{{0.985F, 0.985F, 0.98F, 1},
                        {0.90F, 0.905F, 0.91F, 1},
                        {0.80F, 0.81F, 0.82F, 1},
                        {0.84F, 0.85F, 0.865F, 1},
                        {0.40F, 0.42F, 0.44F, 1}};

void colour(Look look, ImVec4* colours) {
  look == Look::light ? ImGui::StyleColorsLight() : ImGui::StyleColorsDark();
  const auto& shades = look == Look::light ? kLight : kDark;
  for (const int panel : {ImGuiCol_WindowBg, ImGuiCol_TabSelected, ImGuiCol_TabDimmedSelected})
    colours[panel] = shades.panel;
  for (const int rim : {ImGuiCol_MenuBarBg, ImGuiCol_TitleBg, ImGuiCol_TitleBgActive, ImGuiCol_Tab, ImGuiCol_TabDimmed,
                        ImGuiCol_DockingEmptyBg})
    colours[rim] = shades.rim;
  colours[ImGuiCol_Separator] = colours[ImGuiCol_Border] = shades.line;
  colours[ImGuiCol_FrameBg] = shades.frame;
  colours[ImGuiCol_TextDisabled] = shades.faint;
}

bool is_light() { return ImGui::GetStyleColorVec4(ImGuiCol_WindowBg).x > 0.5F; }

void apply_to_plots() {
  ImPlot::StyleColorsAuto();
  auto& style = ImPlot::GetStyle();
  style.PlotPadding = {6, 6};
  style.LabelPadding = {4, 3};
  style.FitPadding = {0.02F, 0.08F};
  style.Colors[ImPlotCol_FrameBg] = style.Colors[ImPlotCol_PlotBg] = {0, 0, 0, 0};
  if (ImPlot::GetColormapIndex("classes") < 0)
    ImPlot::AddColormap("classes", kClassColours.data(), static_cast<int>(kClassColours.size()));
  style.Colormap = ImPlot::GetColormapIndex("classes");
}

}  // namespace

void load_font() {
  auto& fonts = *ImGui::GetIO().Fonts;
  for (const char* file : kFonts)
    if (std::filesystem::exists(file) && fonts.AddFontFromFileTTF(file) != nullptr) return;
  fonts.AddFontDefault();
}

void apply(Look look, float scale) {
  auto& style = ImGui::GetStyle();
  style = {};
  round_corners(style);
  colour(look, style.Colors);
  style.ScaleAllSizes(scale);
  style.FontSizeBase = kTextSize;
  style.FontScaleMain = scale;
  apply_to_plots();
}

ImU32 class_colour(int64_t number) {
  return number < 0 ? IM_COL32(128, 128, 128, 255) : kClassColours[static_cast<size_t>(number) % 10];
}
ImVec4 as_vec4(ImU32 colour) { return ImGui::ColorConvertU32ToFloat4(colour); }
ImVec4 good_colour() { return is_light() ? ImVec4{0.05F, 0.45F, 0.30F, 1} : ImVec4{0.35F, 0.80F, 0.60F, 1}; }
ImVec4 warning_colour() { return is_light() ? ImVec4{0.60F, 0.38F, 0, 1} : ImVec4{1, 0.72F, 0.25F, 1}; }
ImVec4 bad_colour() { return is_light() ? ImVec4{0.72F, 0.12F, 0.05F, 1} : ImVec4{1, 0.48F, 0.40F, 1}; }
ImVec4 faint_colour() { return ImGui::GetStyleColorVec4(ImGuiCol_TextDisabled); }

}  // namespace hashloom::dash
