#include <dashboard/window/display.hpp>
#include <dashboard/window/gl.hpp>
//
#include <GLFW/glfw3.h>
#include <imgui.h>
#include <imgui_impl_glfw.h>
#include <imgui_impl_opengl3.h>
#include <imgui_internal.h>
#include <implot.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace hashloom::dash {
namespace {

[[noreturn]] void fail(const std::string& what, const std::string& remedy) {
  const char* why = nullptr;
  glfwGetError(&why);
  throw std::runtime_error(what + (why ? std::string(": ") + why : "") + "\n  " + remedy);
}

constexpr const char* kNoDisplay =
    "without a display, pictures can be made: hashloom dash --screenshot DIR; else check DISPLAY";
constexpr const char* kNoMesa = "install Mesa's EGL: apt-get install libegl1 libopengl0 libgl1-mesa-dri";

void start_glfw(Shown shown) {
  if (shown == Shown::nowhere) glfwInitHint(GLFW_PLATFORM, GLFW_PLATFORM_NULL);
  if (!glfwInit()) fail("no window can be opened", kNoDisplay);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  if (shown == Shown::nowhere) glfwWindowHint(GLFW_CONTEXT_CREATION_API, GLFW_EGL_CONTEXT_API);
}

void start_imgui(GLFWwindow* window) {
  IMGUI_CHECKVERSION();
  ImGui::CreateContext();
  ImPlot::CreateContext();
  auto& io = ImGui::GetIO();
  io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard | ImGuiConfigFlags_DockingEnable;
  io.IniFilename = nullptr;
  ImGui_ImplGlfw_InitForOpenGL(window, true);
  ImGui_ImplOpenGL3_Init("#version 330 core");
}

}  // namespace

/// A texture to draw into: the null platform's window has no pixels of its own.
struct Display::Canvas {
  GLuint frame = 0, texture = 0;

  Canvas(int width, int height) {
    glGenTextures(1, &texture);
    glBindTexture(GL_TEXTURE_2D, texture);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, nullptr);
    glGenFramebuffers(1, &frame);
    glBindFramebuffer(GL_FRAMEBUFFER, frame);
    glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture, 0);
    if (glCheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE)
      throw std::runtime_error("OpenGL gives no picture to draw into");
  }
};

Display::Display(Shown shown, int width, int height) : width_(width), height_(height) {
  start_glfw(shown);
  window_ = glfwCreateWindow(width, height, "Hashloom", nullptr, nullptr);
  if (window_ == nullptr) fail("no OpenGL 3.3", shown == Shown::nowhere ? kNoMesa : kNoDisplay);
  glfwMakeContextCurrent(window_);
  if (gladLoadGL(glfwGetProcAddress) == 0) fail("OpenGL can't be loaded", kNoMesa);
  if (shown == Shown::nowhere) canvas_ = std::make_unique<Canvas>(width, height);
  if (shown == Shown::on_screen) glfwSwapInterval(1);
  glfwSetWindowUserPointer(window_, this);
  glfwSetWindowRefreshCallback(window_, [](GLFWwindow* window) {
    static_cast<Display*>(glfwGetWindowUserPointer(window))->is_uncovered_ = true;
  });
  start_imgui(window_);
}

Display::~Display() {
  ImGui_ImplOpenGL3_Shutdown();
  ImGui_ImplGlfw_Shutdown();
  ImPlot::DestroyContext();
  ImGui::DestroyContext();
  glfwDestroyWindow(window_);
  glfwTerminate();
}

bool Display::is_closed() const { return glfwWindowShouldClose(window_) != 0; }

bool Display::wait(double seconds) {
  if (seconds > 0)
    glfwWaitEventsTimeout(seconds);
  else
    glfwPollEvents();
  const bool had_input = ImGui::GetCurrentContext()->InputEventsQueue.Size > 0;
  return std::exchange(is_uncovered_, false) || had_input;
}

bool Display::is_hidden() const { return !canvas_ && glfwGetWindowAttrib(window_, GLFW_ICONIFIED) != 0; }

float Display::scale() const {
  float across = 1, down = 1;
  if (!canvas_) glfwGetWindowContentScale(window_, &across, &down);
  return std::max(across, 0.5F);
}

void Display::begin_frame() {
  ImGui_ImplOpenGL3_NewFrame();
  ImGui_ImplGlfw_NewFrame();
  ImGui::NewFrame();
}

void Display::end_frame() {
  ImGui::Render();
  int width = width_, height = height_;
  if (!canvas_) glfwGetFramebufferSize(window_, &width, &height);
  glBindFramebuffer(GL_FRAMEBUFFER, canvas_ ? canvas_->frame : 0);
  glViewport(0, 0, width, height);
  glClearColor(0, 0, 0, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  if (!canvas_) glfwSwapBuffers(window_);
}

events::Pixels Display::pixels() const {
  events::Pixels drawn{std::vector<uint8_t>(size_t(width_) * size_t(height_) * 4), width_, height_};
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, width_, height_, GL_RGBA, GL_UNSIGNED_BYTE, drawn.rgba.data());
  const auto row = ptrdiff_t(width_) * 4;  // OpenGL's lowest row comes first
  for (int top = 0; top < height_ / 2; ++top)
    std::swap_ranges(drawn.rgba.begin() + top * row, drawn.rgba.begin() + (top + 1) * row,
                     drawn.rgba.begin() + (height_ - 1 - top) * row);
  return drawn;
}

}  // namespace hashloom::dash
