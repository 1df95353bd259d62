#pragma once
#include <filesystem>

namespace hashloom::faults {

/// While it exists, what is written to one file descriptor goes to another.
class Redirected {
 public:
  Redirected(int from, int to);
  ~Redirected();
  Redirected(const Redirected&) = delete;
  Redirected& operator=(const Redirected&) = delete;
  int original() const { return original_; }  ///< a descriptor of what `from` was; -1 where `from` was not open

 private:
  int from_, original_;
};

/// While it exists, standard output and standard error are the file run/output.log, for plugins write to them and
/// results are read from them; the program's own messages go to terminal(). The file is removed where nothing was
/// written.
class PluginOutput {
 public:
  /// Throws std::system_error if the file can't be made.
  explicit PluginOutput(const std::filesystem::path& run);
  ~PluginOutput();

 private:
  std::filesystem::path file_;
  int descriptor_;
  Redirected out_, err_;
};

/// Standard error as it was when the program began. May be asked by signal handlers.
int terminal();

/// Bytes in run/output.log, what is still buffered included.
int64_t output_size(const std::filesystem::path& run);

}  // namespace hashloom::faults
