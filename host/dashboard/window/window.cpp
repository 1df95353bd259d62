#include <fmt/format.h>

#include <cstring>
#include <dashboard/model/csv.hpp>
#include <dashboard/window/layout.hpp>
#include <dashboard/window/look.hpp>
#include <dashboard/window/window.hpp>
#include <dashboard/window/words.hpp>
#include <fstream>

namespace hashloom::dash {
Window::Window(Session& session, Pictures& pictures, Look look, float scale)
    : scene_{session, pictures}, look_(look), scale_(scale), panels_(all_panels()) {
  load_font();
  apply(look_, scale_);
}

void Window::keep_layout_in(const std::filesystem::path& file) {
  layout_file_ = file.string();
  ImGui::GetIO().IniFilename = layout_file_.c_str();
  is_laid_out_ = std::filesystem::exists(file);
}

void Window::draw() {
  take_keys();
  draw_bar();
  draw_docked();
}

void Window::take_keys() {
  auto& timeline = scene_.session.timeline;
  if (ImGui::Shortcut(ImGuiMod_Alt | ImGuiKey_LeftArrow, ImGuiInputFlags_RouteGlobal)) timeline.step(-1);
  if (ImGui::Shortcut(ImGuiMod_Alt | ImGuiKey_RightArrow, ImGuiInputFlags_RouteGlobal)) timeline.step(1);
  if (ImGui::Shortcut(ImGuiMod_Alt | ImGuiKey_End, ImGuiInputFlags_RouteGlobal)) timeline.follow();
  for (size_t i = 0; i < panels_.size(); ++i) {
    const auto key = static_cast<ImGuiKey>(ImGuiKey_0 + (i + 1) % 10);
    if (ImGui::Shortcut(ImGuiMod_Ctrl | key, ImGuiInputFlags_RouteGlobal)) to_focus_ = panels_[i].get();
  }
}

void Window::draw_bar() {
  if (!ImGui::BeginMainMenuBar()) return;
  draw_view_menu();
  draw_export_menu();
  if (const auto* run = scene_.session.chosen()) {
    ImGui::TextUnformatted(run->folder().filename().c_str());
    state_text(run->state_name());
    draw_scrubber();
  }
  if (!told_.empty()) caption(told_);
  ImGui::EndMainMenuBar();
}

void Window::draw_view_menu() {
  if (!ImGui::BeginMenu("View")) return;
  const auto before = std::pair(look_, scale_);
  if (ImGui::MenuItem("Light", nullptr, look_ == Look::light)) look_ = Look::light;
  if (ImGui::MenuItem("Dark", nullptr, look_ == Look::dark)) look_ = Look::dark;
  ImGui::SliderFloat("size", &scale_, 0.75F, 2.5F, "%.2f");
  if (ImGui::MenuItem("Default layout")) is_laid_out_ = false;
  ImGui::SeparatorText("Panels");
  for (size_t i = 0; i < panels_.size(); ++i)
    if (ImGui::MenuItem(panels_[i]->title(), fmt::format("Ctrl+{}", (i + 1) % 10).c_str()))
      to_focus_ = panels_[i].get();
  if (before != std::pair(look_, scale_)) apply(look_, scale_);
  ImGui::EndMenu();
}

void Window::draw_export_menu() {
  if (!ImGui::BeginMenu("Export")) return;
  for (const auto& panel : panels_)
    if (ImGui::MenuItem(fmt::format("{} as {}", panel->title(), panel->file_name(".csv")).c_str()))
      export_table(*panel);
  ImGui::EndMenu();
}

void Window::export_table(Panel& panel) {
  const auto file = panel.file_name(".csv");
  std::ofstream out(file, std::ios::binary);
  out << csv(panel.table(scene_.session));
  told_ = out.flush() ? "wrote " + file : fmt::format("{} can't be written: {}", file, std::strerror(errno));
}

void Window::draw_scrubber() {
  auto& timeline = scene_.session.timeline;
  int round = static_cast<int>(timeline.round());
  ImGui::SetNextItemWidth(14 * ImGui::GetFontSize());
  ImGui::BeginDisabled(timeline.last() == 0);
  if (ImGui::SliderInt("##round", &round, 0, static_cast<int>(std::max<int64_t>(timeline.last(), 1)), ""))
    timeline.pick(round);
  ImGui::EndDisabled();
  ImGui::SetItemTooltip(
      "Every panel shows this round. Alt+Left and Alt+Right go one back and on, Alt+End follows the run");
  ImGui::Text("round %d of %d", static_cast<int>(timeline.round()), static_cast<int>(timeline.last()));
  bool follows = timeline.is_following();
  if (ImGui::Checkbox("follow live", &follows)) follows ? timeline.follow() : timeline.pick(timeline.round());
}

void Window::draw_docked() {
  const auto* viewport = ImGui::GetMainViewport();
  const ImGuiID space = ImGui::DockSpaceOverViewport(ImGui::GetID("space"), viewport);
  if (!is_laid_out_) lay_out(space, viewport->WorkSize);
  is_laid_out_ = true;
  for (const auto& panel : panels_) {
    if (to_focus_ == panel.get()) ImGui::SetNextWindowFocus();
    if (alone_ == panel.get()) draw_alone(*panel);
    if (alone_ != nullptr) continue;
    if (ImGui::Begin(panel->title(), nullptr, ImGuiWindowFlags_NoFocusOnAppearing)) panel->draw(scene_);
    ImGui::End();
  }
  to_focus_ = nullptr;
}

void Window::draw_alone(Panel& panel) {
  const auto* viewport = ImGui::GetMainViewport();
  ImGui::SetNextWindowPos(viewport->WorkPos);
  ImGui::SetNextWindowSize(viewport->WorkSize);
  if (ImGui::Begin(fmt::format("{}##alone", panel.title()).c_str(), nullptr,
                   ImGuiWindowFlags_NoDocking | ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoCollapse |
                       ImGuiWindowFlags_NoMove))
    panel.draw(scene_);
  ImGui::End();
}

}  // namespace hashloom::dash
