#pragma once
#include <dashboard/window/options.hpp>
#include <dashboard/window/panels/panels.hpp>
#include <filesystem>
#include <string>

namespace hashloom::dash {

/// The whole window's contents: a bar with the round that is shown, and the panels docked below it.
class Window {
 public:
  Window(Session& session, Pictures& pictures, Look look, float scale);

  /// Between Display's begin_frame() and end_frame().
  void draw();

  /// From now on where panels are docked is kept in that file, and taken from it where it is there.
  void keep_layout_in(const std::filesystem::path& file);
  /// Only that panel, as large as the window; null: all of them.
  void show_only(const Panel* panel) { alone_ = panel; }
  const std::vector<std::unique_ptr<Panel>>& panels() const { return panels_; }

 private:
  void draw_bar();
  void draw_view_menu();
  void draw_export_menu();
  void draw_scrubber();
  void take_keys();
  void draw_docked();
  void draw_alone(Panel& panel);
  void export_table(Panel& panel);

  Scene scene_;
  Look look_;
  float scale_;
  std::vector<std::unique_ptr<Panel>> panels_;
  const Panel* alone_ = nullptr;
  std::string layout_file_;
  bool is_laid_out_ = false;
  const Panel* to_focus_ = nullptr;
  std::string told_;  ///< what became of the last export
};

}  // namespace hashloom::dash
