#include <fmt/format.h>

#include <dashboard/window/look.hpp>
#include <dashboard/window/markers.hpp>

namespace hashloom::dash {
namespace {

enum class Shape { square, diamond, up, down, left, right, plus, cross, lying, standing };

void bar(ImDrawList& list, ImVec2 c, float across, float down, ImU32 colour) {
  list.AddRectFilled({c.x - across, c.y - down}, {c.x + across, c.y + down}, colour);
}

void cross(ImDrawList& list, ImVec2 c, float r, ImU32 colour) {
  const float t = r * 0.4F;
  list.AddQuadFilled({c.x - r, c.y - r + t}, {c.x - r + t, c.y - r}, {c.x + r, c.y + r - t}, {c.x + r - t, c.y + r},
                     colour);
  list.AddQuadFilled({c.x - r + t, c.y + r}, {c.x - r, c.y + r - t}, {c.x + r - t, c.y - r}, {c.x + r, c.y - r + t},
                     colour);
}

void draw_shape(ImDrawList& list, Shape shape, ImVec2 c, float r, ImU32 colour) {
  switch (shape) {
    case Shape::square:
      return bar(list, c, r * 0.85F, r * 0.85F, colour);
    case Shape::diamond:
      return list.AddQuadFilled({c.x, c.y - r * 1.2F}, {c.x + r * 1.2F, c.y}, {c.x, c.y + r * 1.2F},
                                {c.x - r * 1.2F, c.y}, colour);
    case Shape::up:
      return list.AddTriangleFilled({c.x, c.y - r}, {c.x + r, c.y + r}, {c.x - r, c.y + r}, colour);
    case Shape::down:
      return list.AddTriangleFilled({c.x, c.y + r}, {c.x - r, c.y - r}, {c.x + r, c.y - r}, colour);
    case Shape::left:
      return list.AddTriangleFilled({c.x - r, c.y}, {c.x + r, c.y - r}, {c.x + r, c.y + r}, colour);
    case Shape::right:
      return list.AddTriangleFilled({c.x + r, c.y}, {c.x - r, c.y + r}, {c.x - r, c.y - r}, colour);
    case Shape::plus:
      bar(list, c, r * 1.1F, r * 0.35F, colour);
      return bar(list, c, r * 0.35F, r * 1.1F, colour);
    case Shape::cross:
      return cross(list, c, r, colour);
    case Shape::lying:
      return bar(list, c, r * 1.2F, r * 0.45F, colour);
    case Shape::standing:
      return bar(list, c, r * 0.45F, r * 1.2F, colour);
  }
}

}  // namespace

void draw_marker(ImDrawList& list, ImVec2 centre, float radius, int64_t class_number) {
  const auto shape = class_number < 0 ? Shape::square : static_cast<Shape>(class_number % 10);
  draw_shape(list, shape, centre, radius, class_colour(class_number));
}

void class_legend(int64_t classes) {
  const float size = ImGui::GetTextLineHeight(), room = ImGui::GetWindowContentRegionMax().x;
  for (int64_t number = 0; number < classes; ++number) {
    const auto text = fmt::format("{}", number);
    const float width = size + ImGui::CalcTextSize(text.c_str()).x + ImGui::GetStyle().ItemSpacing.x;
    if (number > 0 && ImGui::GetItemRectMax().x - ImGui::GetWindowPos().x + 2 * width < room) ImGui::SameLine();
    const auto at = ImGui::GetCursorScreenPos();
    draw_marker(*ImGui::GetWindowDrawList(), {at.x + size / 2, at.y + size / 2}, size * 0.3F, number);
    ImGui::Dummy({size, size});
    ImGui::SameLine(0, 2);
    ImGui::TextUnformatted(text.c_str());
  }
}

}  // namespace hashloom::dash
