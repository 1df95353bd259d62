#pragma once
#include <events/png.hpp>
#include <memory>
#include <string>

struct GLFWwindow;

namespace hashloom::dash {

enum class Shown { on_screen, nowhere };

/// A window with OpenGL 3.3 and Dear ImGui in it, or, shown nowhere, a picture of that size in memory: GLFW's null
/// platform with EGL, which needs no display. One a process at a time.
class Display {
 public:
  /// Throws std::runtime_error that says what is missing.
  Display(Shown shown, int width, int height);
  ~Display();
  Display(const Display&) = delete;
  Display& operator=(const Display&) = delete;

  bool is_closed() const;
  /// Returns when something was done in the window, or after so many seconds; true where it has to be drawn anew.
  bool wait(double seconds);
  float scale() const;     ///< of the display
  bool is_hidden() const;  ///< minimised: nobody sees what is drawn

  void begin_frame();
  void end_frame();  ///< draws it

  /// What end_frame() drew last, without opacity. Only where it is shown nowhere.
  events::Pixels pixels() const;

 private:
  struct Canvas;
  GLFWwindow* window_ = nullptr;
  std::unique_ptr<Canvas> canvas_;  ///< null on a screen
  int width_, height_;
  bool is_uncovered_ = true;  ///< the window system lost what was drawn
};

}  // namespace hashloom::dash
