#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <events/sha256.hpp>
#include <events/writer.hpp>
#include <system_error>

namespace hashloom::events {
namespace {

[[noreturn]] void fail(const std::string& doing, const std::filesystem::path& file) {
  throw std::system_error(errno, std::generic_category(), doing + " " + file.string());
}

/// A file that is closed when it goes out of scope, whatever is thrown.
struct OpenFile {
  explicit OpenFile(int descriptor) : descriptor(descriptor) {}
  ~OpenFile() { ::close(descriptor); }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  int descriptor;
};

int64_t size_of(int file, const std::filesystem::path& path) {
  struct stat status {};
  if (::fstat(file, &status) != 0) fail("can't read", path);
  return status.st_size;
}

std::string contents(int file, const std::filesystem::path& path) {
  std::string text(static_cast<size_t>(size_of(file, path)), '\0');
  size_t have = 0;
  while (have < text.size()) {
    const auto got = ::pread(file, text.data() + have, text.size() - have, static_cast<off_t>(have));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail("can't read", path);
    if (got == 0) break;
    have += static_cast<size_t>(got);
  }
  text.resize(have);
  return text;
}

std::string without_torn_line(std::string text) {
  const auto end = text.rfind('\n');
  text.resize(end == std::string::npos ? 0 : end + 1);
  return text;
}

/// The number of the last line that has one, -1 if none has. `text` ends with a complete line.
int64_t last_number(const std::string& text) {
  size_t end = text.size();
  while (end > 0) {
    const auto before = end < 2 ? std::string::npos : text.rfind('\n', end - 2);
    const size_t begin = before == std::string::npos ? 0 : before + 1;
    const auto event = nlohmann::json::parse(text.begin() + static_cast<std::ptrdiff_t>(begin),
                                             text.begin() + static_cast<std::ptrdiff_t>(end), nullptr, false);
    if (event.is_object() && event.contains("seq") && event["seq"].is_number_integer()) return event["seq"];
    end = begin;
  }
  return -1;
}

template <class Clock>
double seconds_now() {
  return std::chrono::duration<double>(Clock::now().time_since_epoch()).count();
}

ssize_t write_once(int file, const void* bytes, size_t size) {
  ssize_t written = -1;
  do written = ::write(file, bytes, size);
  while (written < 0 && errno == EINTR);
  return written;
}

void append_line(int file, const std::string& line, const std::filesystem::path& path) {
  const auto before = size_of(file, path);
  const auto written = write_once(file, line.data(), line.size());
  if (written == static_cast<ssize_t>(line.size())) return;
  const int reason = written < 0 ? errno : ENOSPC;  // a short write to a file: the disk is full
  // What did arrive is taken back; where even that fails, the next Writer cuts it off.
  [[maybe_unused]] const int cut = written > 0 ? ::ftruncate(file, before) : 0;
  errno = reason;
  fail("can't write", path);
}

void write_all(int file, std::span<const std::byte> bytes, const std::filesystem::path& path) {
  while (!bytes.empty()) {
    const auto written = write_once(file, bytes.data(), bytes.size());
    if (written < 0) fail("can't write", path);
    bytes = bytes.subspan(static_cast<size_t>(written));
  }
  if (::fsync(file) != 0 && errno != EINVAL) fail("can't write", path);
}

void write_new(const std::filesystem::path& path, std::span<const std::byte> bytes) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (descriptor < 0) fail("can't write", path);
  const OpenFile file(descriptor);
  write_all(file.descriptor, bytes, path);
}

void write_by_rename(const std::filesystem::path& path, std::span<const std::byte> bytes) {
  const std::filesystem::path temporary = path.string() + "." + std::to_string(::getpid()) + ".tmp";
  try {
    write_new(temporary, bytes);
    if (::rename(temporary.c_str(), path.c_str()) != 0) fail("can't write", path);
  } catch (...) {
    ::unlink(temporary.c_str());
    throw;
  }
}

bool has_size(const std::filesystem::path& path, size_t size) {
  std::error_code missing;
  const auto there = std::filesystem::file_size(path, missing);
  return !missing && there == size;
}

}  // namespace

Writer::Writer(std::filesystem::path run) : run_(std::move(run)) {
  std::filesystem::create_directories(run_ / "blobs");
  const auto path = run_ / "events.jsonl";
  file_ = ::open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
  if (file_ < 0) fail("can't write", path);
  try {
    const auto text = contents(file_, path);
    const auto complete = without_torn_line(text);
    if (complete.size() < text.size() && ::ftruncate(file_, static_cast<off_t>(complete.size())) != 0)
      fail("can't write", path);
    last_seq_ = last_number(complete);
  } catch (...) {
    ::close(file_);
    throw;
  }
}

Writer::~Writer() { ::close(file_); }

int64_t Writer::write(nlohmann::json event) {
  event["schema"] = kSchema;
  event["seq"] = last_seq_ + 1;
  event["wall"] = seconds_now<std::chrono::system_clock>();
  event["mono"] = seconds_now<std::chrono::steady_clock>();
  // Text that is no UTF-8 (a file's name, say) is kept as far as it goes rather than lost with the event.
  const auto line = event.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + '\n';
  append_line(file_, line, run_ / "events.jsonl");
  return ++last_seq_;
}

std::string Writer::put_blob(std::span<const std::byte> bytes, const std::string& extension) {
  const auto name = sha256(bytes) + "." + extension;
  const auto path = run_ / "blobs" / name;
  if (!has_size(path, bytes.size())) write_by_rename(path, bytes);
  return name;
}

}  // namespace hashloom::events
