#pragma once
#include <filesystem>

namespace hashloom::faults {

/// From now on a fatal signal (SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT), and exit() while a component works, is told
/// on the terminal, with who was at work. A signal then ends the process as without this; exit() ends it with status 1,
/// whatever the component wanted.
void watch_for_crashes();

/// Crashes and exit() are the system's again: for a child process whose parent tells how it ended.
void watch_no_longer();

/// While it exists, last words are also written to run/last_words.json, for whoever looks at the run later. What is
/// there from before is left alone.
class LastWordsOf {
 public:
  explicit LastWordsOf(const std::filesystem::path& run);
  ~LastWordsOf();
};

/// For signal handlers: last words of a process that the user ends by a signal because a component does not answer.
/// Does not return; the exit status is 128 + `signal`.
[[noreturn]] void end_now(int signal);

}  // namespace hashloom::faults
