#pragma once

namespace hashloom::engine {

enum class Stop { no, after_epoch, at_once };

/// What the user asked for by Ctrl-C (SIGINT: first after the epoch, then at once) or SIGTERM (at once). A signal
/// after that ends the process.
Stop stop_asked();

/// For tests and the program's own use.
void ask_to_stop(Stop stop);

/// From construction to destruction, SIGINT, SIGTERM and SIGHUP ask to stop instead of ending the process, and
/// SIGPIPE and SIGXFSZ are ignored.
class SignalGuard {
 public:
  SignalGuard();
  ~SignalGuard();
  SignalGuard(const SignalGuard&) = delete;
  SignalGuard& operator=(const SignalGuard&) = delete;
};

}  // namespace hashloom::engine
