#include <unistd.h>

#include <atomic>
#include <csignal>
#include <engine/interrupt.hpp>
#include <string_view>

namespace hashloom::engine {
namespace {

std::atomic<Stop> asked{Stop::no};

void say(std::string_view text) {
  [[maybe_unused]] const auto written = write(STDERR_FILENO, text.data(), text.size());
}

void on_signal(int signal) {
  if (asked == Stop::at_once) {
    std::signal(signal, SIG_DFL);
  } else if (signal == SIGTERM || asked == Stop::after_epoch) {
    asked = Stop::at_once;
    say("\nstopping at once; what is saved can be resumed\n");
  } else {
    asked = Stop::after_epoch;
    say("\nstopping after this epoch; press Ctrl-C again to stop at once\n");
  }
}

}  // namespace

Stop stop_asked() { return asked; }

void ask_to_stop(Stop stop) { asked = stop; }

SignalGuard::SignalGuard() {
  ask_to_stop(Stop::no);
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);
  std::signal(SIGXFSZ, SIG_IGN);  // a write past the limit of a file's size fails, and is told as a full disk
}

SignalGuard::~SignalGuard() {
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
  std::signal(SIGXFSZ, SIG_DFL);
}

}  // namespace hashloom::engine
