#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <faults/redirected.hpp>
#include <iostream>
#include <system_error>

namespace hashloom::faults {
namespace {

std::atomic<int> terminal_descriptor{STDERR_FILENO};

std::filesystem::path log_of(const std::filesystem::path& run) { return run / "output.log"; }

int opened(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (descriptor < 0) throw std::system_error(errno, std::generic_category(), "can't write " + file.string());
  return descriptor;
}

void flush() {
  std::cout.flush();
  std::fflush(stdout);
}

}  // namespace

Redirected::Redirected(int from, int to) : from_(from), original_(::fcntl(from, F_DUPFD_CLOEXEC, 3)) {
  flush();
  ::dup2(to, from);
}

Redirected::~Redirected() {
  flush();
  if (original_ >= 0)
    ::dup2(original_, from_);
  else
    ::close(from_);
  ::close(original_);
}

PluginOutput::PluginOutput(const std::filesystem::path& run)
    : file_(log_of(run)),
      descriptor_(opened(file_)),
      out_(STDOUT_FILENO, descriptor_),
      err_(STDERR_FILENO, descriptor_) {
  terminal_descriptor = err_.original();
}

PluginOutput::~PluginOutput() {
  flush();
  terminal_descriptor = STDERR_FILENO;
  ::close(descriptor_);
  std::error_code ignored;
  if (std::filesystem::file_size(file_, ignored) == 0) std::filesystem::remove(file_, ignored);
}

int terminal() { return terminal_descriptor; }

int64_t output_size(const std::filesystem::path& run) {
  flush();
  std::error_code missing;
  const auto size = std::filesystem::file_size(log_of(run), missing);
  return missing ? 0 : static_cast<int64_t>(size);
}

}  // namespace hashloom::faults
