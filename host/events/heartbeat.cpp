#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <events/heartbeat.hpp>
#include <events/process.hpp>
#include <mutex>
#include <stop_token>
#include <system_error>
#include <thread>

namespace hashloom::events {
namespace {

constexpr std::chrono::seconds kPause{2};

[[noreturn]] void fail(const std::filesystem::path& file) {
  throw std::system_error(errno, std::generic_category(), "can't write " + file.string());
}

void write_all(int descriptor, const std::string& text, const std::filesystem::path& file) {
  const auto written = ::write(descriptor, text.data(), text.size());
  if (written == static_cast<ssize_t>(text.size())) return;
  if (written >= 0) errno = ENOSPC;
  fail(file);
}

/// Readers see the old file or the whole new one.
void write_beat(const std::filesystem::path& file, const std::string& text) {
  const std::filesystem::path temporary = file.string() + ".tmp";
  const int descriptor = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (descriptor < 0) fail(file);
  try {
    write_all(descriptor, text, file);
    if (::rename(temporary.c_str(), file.c_str()) != 0) fail(file);
  } catch (...) {
    ::close(descriptor);
    ::unlink(temporary.c_str());
    throw;
  }
  ::close(descriptor);
}

}  // namespace

struct Heartbeat::Beating {
  explicit Beating(std::filesystem::path path) : file(std::move(path)), process(to_json(this_process()).dump() + "\n") {
    write_beat(file, process);
    thread = std::jthread([this](const std::stop_token& stop) { beat_until(stop); });
  }

  void beat_until(const std::stop_token& stop) {
    std::unique_lock lock(mutex);
    while (!wake.wait_for(lock, stop, kPause, [&] { return stop.stop_requested(); })) touch();
  }

  /// A beat that fails is not worth a run: whoever looks sees it stalled.
  void touch() const {
    if (::utimensat(AT_FDCWD, file.c_str(), nullptr, 0) == 0 || errno != ENOENT) return;
    try {
      write_beat(file, process);
    } catch (const std::system_error&) {
    }
  }

  std::filesystem::path file;
  std::string process;
  std::mutex mutex;
  std::condition_variable_any wake;
  std::jthread thread;
};

Heartbeat::Heartbeat(const std::filesystem::path& run) : beating_(std::make_unique<Beating>(run / "heartbeat.json")) {}

Heartbeat::~Heartbeat() {
  const auto file = beating_->file;
  beating_.reset();  // stops the thread, which could make the file anew
  ::unlink(file.c_str());
}

bool is_alive(const std::filesystem::path& run) {
  const auto beat = last_beat(run);
  return beat && beat->process != this_process() && writes_still(*beat);
}

}  // namespace hashloom::events
