#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <engine/interrupt.hpp>
#include <faults/last_words.hpp>
#include <faults/redirected.hpp>
#include <string_view>

namespace hashloom::engine {
namespace {

std::atomic<Stop> asked{Stop::no};

void say(std::string_view text) {
  [[maybe_unused]] const auto written = write(faults::terminal(), text.data(), text.size());
}

void on_signal(int signal) {
  const int before = errno;
  if (asked == Stop::at_once) {
    faults::end_now(signal);
  } else if (signal != SIGINT || asked == Stop::after_epoch) {
    asked = Stop::at_once;
    say("\nstopping at once; what is saved can be resumed\n");
  } else {
    asked = Stop::after_epoch;
    say("\nstopping after this epoch; press Ctrl-C again to stop at once\n");
  }
  errno = before;
}

}  // namespace

Stop stop_asked() { return asked; }

void ask_to_stop(Stop stop) { asked = stop; }

SignalGuard::SignalGuard() {
  ask_to_stop(Stop::no);
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);
  std::signal(SIGHUP, on_signal);
  std::signal(SIGPIPE, SIG_IGN);  // whoever read the terminal's lines went away: the run goes on
  std::signal(SIGXFSZ, SIG_IGN);  // a write past the limit of a file's size fails, and is told as a full disk
}

SignalGuard::~SignalGuard() {
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
  std::signal(SIGHUP, SIG_DFL);
  std::signal(SIGPIPE, SIG_DFL);
  std::signal(SIGXFSZ, SIG_DFL);
}

}  // namespace hashloom::engine
