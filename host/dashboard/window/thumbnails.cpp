#include <dashboard/window/thumbnails.hpp>

namespace hashloom::dash {
namespace {

ImVec2 first(const Sample::Cell& cell) { return {static_cast<float>(cell.left), static_cast<float>(cell.top)}; }
ImVec2 last(const Sample::Cell& cell) { return {static_cast<float>(cell.right), static_cast<float>(cell.bottom)}; }

}  // namespace

Thumbnails::Thumbnails(const Sample& sample, Scene& scene)
    : sample_(sample),
      sheet_(sample.sheet ? &scene.pictures.of(scene.session.chosen()->blob(sample.sheet->blob)) : nullptr) {}

void Thumbnails::draw(int64_t place, float side) const {
  const auto cell = sample_.cell(place);
  if (are_there()) ImGui::Image(sheet_->id, {side, side}, first(cell), last(cell));
}

bool Thumbnails::button(int64_t place, float side, const ImVec4& frame) const {
  const auto cell = sample_.cell(place);
  if (!are_there()) return false;
  ImGui::PushID(static_cast<int>(place));
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {3, 3});
  ImGui::PushStyleColor(ImGuiCol_Button, frame);
  const bool clicked = ImGui::ImageButton("image", sheet_->id, {side, side}, first(cell), last(cell));
  ImGui::PopStyleColor();
  ImGui::PopStyleVar();
  ImGui::PopID();
  return clicked;
}

}  // namespace hashloom::dash
