#include <chrono>
#include <dashboard/window/display.hpp>
#include <dashboard/window/layout.hpp>
#include <dashboard/window/run_window.hpp>
#include <dashboard/window/window.hpp>

namespace hashloom::dash {
namespace {

constexpr std::chrono::duration<double> kLookEvery{0.25};  // a new event is seen within half a second
constexpr int kFramesAfterInput = 3;  // menus, tooltips and docked windows need a few frames to settle

}  // namespace

void run_window(const Options& options) {
  using Clock = std::chrono::steady_clock;
  Session session(options.place, options.compared);
  Display display(Shown::on_screen, options.width, options.height);
  Pictures pictures;
  Window window(session, pictures, options.look, options.scale > 0 ? options.scale : display.scale());
  window.keep_layout_in(layout_file());
  int frames = kFramesAfterInput;
  auto next_look = Clock::now();
  while (!display.is_closed()) {
    const bool is_seen = !display.is_hidden();
    bool has_changed = display.wait(is_seen && frames > 0 ? 0 : kLookEvery.count());
    if (Clock::now() >= next_look) {
      has_changed |= session.refresh();
      next_look = Clock::now() + std::chrono::duration_cast<Clock::duration>(kLookEvery);
    }
    if (has_changed) frames = kFramesAfterInput;
    if (frames == 0 || !is_seen) continue;
    --frames;
    display.begin_frame();
    window.draw();
    display.end_frame();
  }
}

}  // namespace hashloom::dash
