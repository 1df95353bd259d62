#include <algorithm>
#include <dashboard/window/look.hpp>
#include <dashboard/window/words.hpp>

namespace hashloom::dash {
namespace {

void centred(const std::string& text) {
  const float room = ImGui::GetContentRegionAvail().x;
  const float width = std::min(ImGui::CalcTextSize(text.c_str(), nullptr, false, room).x, room);
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + (room - width) / 2);
  ImGui::PushTextWrapPos(ImGui::GetCursorPosX() + width + 1);
  ImGui::TextUnformatted(text.c_str());
  ImGui::PopTextWrapPos();
}

ImVec4 colour_of(const std::string& state) {
  if (state == "running" || state == "finished") return good_colour();
  if (state == "paused" || state == "stalled" || state == "stopped" || state == "not begun") return warning_colour();
  return bad_colour();
}

}  // namespace

void say_empty(const std::string& what, const std::string& remedy) {
  const float room = ImGui::GetContentRegionAvail().y;
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() + std::max(0.0F, room / 2 - 2 * ImGui::GetTextLineHeightWithSpacing()));
  centred(what);
  ImGui::PushStyleColor(ImGuiCol_Text, faint_colour());
  centred(remedy);
  ImGui::PopStyleColor();
}

bool says_no_run(const FollowedRun* run) {
  if (run == nullptr) say_empty("No run is chosen", "Begin one in a terminal: hashloom run workflows/first.yaml");
  return run == nullptr;
}

void caption(const std::string& text) { wrapped(faint_colour(), text); }

void wrapped(const ImVec4& colour, const std::string& text) {
  ImGui::PushStyleColor(ImGuiCol_Text, colour);
  ImGui::TextWrapped("%s", text.c_str());
  ImGui::PopStyleColor();
}

void coloured(const ImVec4& colour, const std::string& text) {
  ImGui::PushStyleColor(ImGuiCol_Text, colour);
  ImGui::TextUnformatted(text.c_str());
  ImGui::PopStyleColor();
}

void bar(double share, const ImVec4& colour, const std::string& text) {
  const auto& style = ImGui::GetStyle();
  const auto begin = ImGui::GetCursorScreenPos();
  const ImVec2 size{std::max(ImGui::GetContentRegionAvail().x, 1.0F), ImGui::GetFrameHeight()};
  auto& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(begin, {begin.x + size.x, begin.y + size.y}, ImGui::GetColorU32(ImGuiCol_FrameBg),
                     style.FrameRounding);
  list.AddRectFilled(begin, {begin.x + size.x * static_cast<float>(share), begin.y + size.y},
                     ImGui::GetColorU32({colour.x, colour.y, colour.z, 0.45F}), style.FrameRounding);
  list.PushClipRect(begin, {begin.x + size.x, begin.y + size.y}, true);
  list.AddText({begin.x + style.FramePadding.x, begin.y + style.FramePadding.y}, ImGui::GetColorU32(ImGuiCol_Text),
               text.c_str());
  list.PopClipRect();
  ImGui::Dummy(size);
}

void state_text(const std::string& state) { coloured(colour_of(state), state); }

}  // namespace hashloom::dash
