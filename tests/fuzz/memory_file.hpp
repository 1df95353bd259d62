#pragma once
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

namespace hashloom::fuzz {

/// A file that lies in memory, for readers that take a path.
class MemoryFile {
 public:
  explicit MemoryFile(std::span<const uint8_t> bytes) : descriptor_(::memfd_create("fuzz", MFD_CLOEXEC)) {
    if (::write(descriptor_, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size())) __builtin_trap();
  }
  ~MemoryFile() { ::close(descriptor_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  std::filesystem::path path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

 private:
  int descriptor_;
};

/// A folder in memory in which one file has these bytes, for readers that take a run.
class MemoryFolder {
 public:
  MemoryFolder(const std::string& name, std::span<const uint8_t> bytes) : file_(bytes), path_(folder()) {
    std::filesystem::remove(path_ / name);
    std::filesystem::create_symlink(file_.path(), path_ / name);
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  static std::filesystem::path folder() {
    const auto path = std::filesystem::temp_directory_path() / ("hashloom-fuzz-" + std::to_string(::getpid()));
    std::filesystem::create_directories(path);
    return path;
  }

  MemoryFile file_;
  std::filesystem::path path_;
};

}  // namespace hashloom::fuzz
