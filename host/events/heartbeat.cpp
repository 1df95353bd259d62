#include <fcntl.h>
#include <sys/file.h>
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

/// While it exists no other process looks whether the run is free. Where the file system knows no locks, two that begin
/// within a millisecond may both get it.
class Turn {
 public:
  explicit Turn(const std::filesystem::path& folder) : descriptor_(::open(folder.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (descriptor_ >= 0) ::flock(descriptor_, LOCK_EX);
  }
  ~Turn() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  int descriptor_;
};

/// Another live process that writes the run.
std::optional<Process> writer_of(const std::filesystem::path& run) {
  const auto beat = last_beat(run);
  if (!beat || beat->process == this_process() || !writes_still(*beat)) return {};
  return beat->process;
}

void check_free(const std::filesystem::path& run) {
  if (const auto writer = writer_of(run))
    throw RunIsTaken("another process is at " + run.string() + ": process " + std::to_string(writer->pid) + " on " +
                     writer->host);
}

}  // namespace

struct Heartbeat::Beating {
  explicit Beating(const std::filesystem::path& run)
      : file(run / "heartbeat.json"), process(to_json(this_process()).dump() + "\n") {
    const Turn turn(run);
    check_free(run);
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

Heartbeat::Heartbeat(const std::filesystem::path& run) : beating_(std::make_unique<Beating>(run)) {}

Heartbeat::~Heartbeat() {
  const auto file = beating_->file;
  beating_.reset();  // stops the thread, which could make the file anew
  ::unlink(file.c_str());
}

bool is_alive(const std::filesystem::path& run) { return writer_of(run).has_value(); }

}  // namespace hashloom::events
