#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hashloom::sweep {

/// A child process, in a process group of its own, so that a Ctrl-C on the terminal reaches it by its parent alone. It
/// is asked to end (SIGTERM) when the parent dies.
class Child {
 public:
  /// Its standard output and error are added to `log`, its standard input is empty. Throws std::system_error.
  Child(const std::filesystem::path& program, const std::vector<std::string>& arguments,
        const std::filesystem::path& log);
  ~Child();  ///< kills it, and what it started, if it is still there
  Child(Child&&) noexcept;
  Child& operator=(Child&&) noexcept;

  /// Nothing while it goes on; its exit status, 128 + N if signal N ended it.
  std::optional<int> status();
  void signal(int number) const;

 private:
  struct Process;
  std::unique_ptr<Process> process_;
};

}  // namespace hashloom::sweep
