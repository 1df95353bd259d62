#pragma once
#include <chrono>
#include <functional>
#include <string>

namespace hashloom::plugins {

/// How work in a process of its own ended.
struct Apart {
  enum class End { answered, threw, exited, crashed, timed_out };
  End end = End::answered;
  std::string answer;   ///< what the work gave, or what() of what it threw
  std::string printed;  ///< what it wrote to standard output and standard error, at most 64 KiB
  int code = 0;         ///< of exited: the exit status; of crashed: the signal

  /// "called exit(3)", "crashed (Segmentation fault)", "took longer than 10 s": what else than an answer came.
  std::string mishap(std::chrono::seconds limit) const;
};

/// Does `work` in a forked process, so that a plugin that crashes, exits or loops for ever is only told. To be called
/// while this process has one thread and has computed nothing with LibTorch, whose threads a fork loses.
Apart apart(const std::function<std::string()>& work, std::chrono::seconds limit);

}  // namespace hashloom::plugins
