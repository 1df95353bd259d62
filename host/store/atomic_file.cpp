#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <store/atomic_file.hpp>
#include <system_error>

namespace hashloom::store {
namespace {

[[noreturn]] void fail(const std::filesystem::path& file) {
  throw std::system_error(errno, std::generic_category(), "can't write " + file.string());
}

/// Threads and processes that write one file at the same time don't share a draft.
std::string draft_of(const std::filesystem::path& file) {
  static std::atomic<int> drafts{0};
  return fmt::format("{}.tmp{}-{}", file.string(), getpid(), ++drafts);
}

/// A file descriptor that is closed, and a file that is removed, unless the writing came to its end.
class Draft {
 public:
  explicit Draft(const std::filesystem::path& file) : path_(draft_of(file)) {
    descriptor_ = open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (descriptor_ < 0) fail(path_);
  }
  ~Draft() {
    if (descriptor_ >= 0) close(descriptor_);
    std::error_code ignored;
    if (!kept_) std::filesystem::remove(path_, ignored);
  }
  void add(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
      const ssize_t written = write(descriptor_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) fail(path_);
      bytes = bytes.subspan(static_cast<size_t>(written));
    }
  }
  void rename_to(const std::filesystem::path& file) {
    if (fsync(descriptor_) != 0) fail(path_);
    if (rename(path_.c_str(), file.c_str()) != 0) fail(file);
    kept_ = true;
  }

 private:
  std::string path_;
  int descriptor_ = -1;
  bool kept_ = false;
};

}  // namespace

void write_atomically(const std::filesystem::path& file, const std::vector<std::span<const std::byte>>& parts) {
  if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path());
  Draft draft(file);
  for (const auto& part : parts) draft.add(part);
  draft.rename_to(file);
}

void write_atomically(const std::filesystem::path& file, const std::string& text) {
  write_atomically(file, {std::as_bytes(std::span(text))});
}

}  // namespace hashloom::store
