#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <ctime>
#include <faults/at_work.hpp>
#include <faults/last_words.hpp>
#include <faults/redirected.hpp>
#include <faults/signal_text.hpp>
#include <string>
#include <string_view>
#include <utility>

namespace hashloom::faults {
namespace {

constexpr std::array kFatal{SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};

/// Prepared beforehand, for a signal handler allocates nothing. Each text ends with a zero.
struct Prepared {
  using Text = std::array<char, 4096>;
  Text file{}, draft{}, remedy{};
};
Prepared prepared;
std::atomic<bool> has_folder{false}, is_ending{false};
std::atomic<bool> is_watching = false;

void put(Prepared::Text& place, std::string_view text) { *std::ranges::copy(text, place.begin()).out = '\0'; }

/// What is said of all that is at work.
struct Telling {
  SignalText text;
  const char* separator;
  const char* next_separator;
};

void add_text(void* context, const char* text, const char*) {
  auto& telling = *static_cast<Telling*>(context);
  telling.text << std::exchange(telling.separator, telling.next_separator) << text;
}

void add_fields(void* context, const char*, const char* fields) { add_text(context, fields, nullptr); }

void tell_terminal(std::string_view how) {
  Telling telling{{}, " in ", " or "};
  telling.text << "\nerror: " << how;
  blame(&telling, add_text);
  telling.text << "\n";
  if (has_folder) telling.text << prepared.remedy.data();
  telling.text.write_to(terminal());
}

/// By rename: readers see all or nothing.
void write_file(std::string_view how) {
  Telling telling{{}, "", ", "};
  telling.text << R"({"schema": 1, "wall": )" << static_cast<long>(std::time(nullptr)) << R"(, "how": ")" << how
               << R"(", "at_work": [)";
  blame(&telling, add_fields);
  telling.text << "]}\n";
  const int file = ::open(prepared.draft.data(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) return;
  const bool is_written = telling.text.write_to(file);
  ::close(file);
  if (!is_written || ::rename(prepared.draft.data(), prepared.file.data()) != 0) ::unlink(prepared.draft.data());
}

/// Once: a thread that crashes while another one tells waits for the process's end.
void tell(std::string_view how) {
  sigset_t all;
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_BLOCK, &all, nullptr);  // a second signal here would wait for what it has interrupted
  while (is_ending.exchange(true)) ::pause();
  if (has_folder) write_file(how);
  tell_terminal(how);
}

std::string_view name_of(int signal) {
  switch (signal) {
    case SIGSEGV:
      return "SIGSEGV (an access to memory that is not there)";
    case SIGBUS:
      return "SIGBUS (memory or a part of a file went away)";
    case SIGFPE:
      return "SIGFPE (an integer divided by zero)";
    case SIGILL:
      return "SIGILL (an instruction that the processor does not have)";
    case SIGABRT:
      return "SIGABRT (abort(), or an exception that nothing caught)";
    case SIGINT:
      return "ended by Ctrl-C";
    default:
      return "ended by SIGTERM or SIGHUP";
  }
}

void on_crash(int signal) {
  tell(name_of(signal));
  ::signal(signal, SIG_DFL);
  ::raise(signal);  // delivered when this handler returns
}

/// The host itself never calls exit() while a component works.
void on_exit_called(int status, void*) {
  const auto nothing = [](void*, const char*, const char*) {};
  if (!is_watching || blame(nullptr, nothing) == 0) return;
  SignalText how;
  how << "exit(" << static_cast<long>(status) << ") was called";
  tell(how.view());
  ::_exit(1);
}

}  // namespace

void watch_for_crashes() {
  struct sigaction action {};
  action.sa_handler = on_crash;
  action.sa_flags = SA_ONSTACK;
  for (const int signal : kFatal) ::sigaction(signal, &action, nullptr);
  ::on_exit(on_exit_called, nullptr);
  is_watching = true;
}

void watch_no_longer() {
  is_watching = false;
  for (const int signal : kFatal) ::signal(signal, SIG_DFL);
}

LastWordsOf::LastWordsOf(const std::filesystem::path& run) {
  const auto file = std::filesystem::absolute(run / "last_words.json").string();
  const auto remedy = "  what was recorded is kept; go on with: hashloom resume " + run.string() + "\n";
  if (std::max(file.size() + 5, remedy.size() + 1) > prepared.file.size()) return;
  put(prepared.file, file);
  put(prepared.draft, file + ".tmp");
  put(prepared.remedy, remedy);
  has_folder = true;
}

LastWordsOf::~LastWordsOf() { has_folder = false; }

void end_now(int signal) {
  tell(name_of(signal));
  ::_exit(128 + signal);
}

}  // namespace hashloom::faults
