#pragma once
#include <imgui.h>

#include <filesystem>

namespace hashloom::dash {

/// Raised when panels come, go or are renamed: a saved layout of another version is not used.
inline constexpr int kLayoutVersion = 1;

/// Where a person's layout is kept: hashloom/dash-layout-VERSION.ini of the configuration folder, which is made.
std::filesystem::path layout_file();

/// Docks all panels into `space`, of that size: runs and progress left, curves in the middle, codes and pictures right.
void lay_out(ImGuiID space, ImVec2 size);

}  // namespace hashloom::dash
