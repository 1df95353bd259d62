#include <fmt/format.h>
#include <imgui_internal.h>

#include <cstdlib>
#include <dashboard/window/layout.hpp>
#include <initializer_list>

namespace hashloom::dash {
namespace {

void dock(ImGuiID node, std::initializer_list<const char*> panels) {
  for (const char* panel : panels) ImGui::DockBuilderDockWindow(panel, node);
}

struct Halves {
  ImGuiID first, second;
};

Halves split(ImGuiID node, ImGuiDir direction, float share) {
  Halves halves{};
  ImGui::DockBuilderSplitNode(node, direction, share, &halves.first, &halves.second);
  return halves;
}

std::filesystem::path configuration() {
  const char* folder = std::getenv("XDG_CONFIG_HOME");
  const char* home = std::getenv("HOME");
  if (folder != nullptr && *folder != '\0') return folder;
  return std::filesystem::path(home != nullptr ? home : ".") / ".config";
}

}  // namespace

std::filesystem::path layout_file() {
  const auto folder = configuration() / "hashloom";
  std::error_code not_made;  // then the layout is not kept
  std::filesystem::create_directories(folder, not_made);
  return folder / fmt::format("dash-layout-{}.ini", kLayoutVersion);
}

void lay_out(ImGuiID space, ImVec2 size) {
  ImGui::DockBuilderRemoveNode(space);
  ImGui::DockBuilderAddNode(space, ImGuiDockNodeFlags_DockSpace);
  ImGui::DockBuilderSetNodeSize(space, size);
  const auto columns = split(space, ImGuiDir_Left, 0.31F);
  const auto right = split(columns.second, ImGuiDir_Right, 0.5F);
  const auto left_rows = split(columns.first, ImGuiDir_Up, 0.5F);
  const auto middle_rows = split(right.second, ImGuiDir_Up, 0.5F);
  const auto right_rows = split(right.first, ImGuiDir_Up, 0.5F);
  dock(left_rows.first, {"Runs"});
  dock(left_rows.second, {"Progress", "Log"});
  dock(middle_rows.first, {"mAP by round", "Graph", "Compare"});
  dock(middle_rows.second, {"Losses"});
  dock(right_rows.first, {"Codes", "Search"});
  dock(right_rows.second, {"Generated"});
  ImGui::DockBuilderFinish(space);
}

}  // namespace hashloom::dash
