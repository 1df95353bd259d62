#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cache/lock.hpp>
#include <cerrno>
#include <chrono>
#include <thread>

namespace hashloom::cache {
namespace {

/// Whoever held it before may have removed the file that was opened here.
bool is_still(int descriptor, const std::filesystem::path& file) {
  struct stat opened {
  }, named{};
  return fstat(descriptor, &opened) == 0 && stat(file.c_str(), &named) == 0 && opened.st_ino == named.st_ino;
}

}  // namespace

Lock::Lock(const std::filesystem::path& folder, const std::string& name, const std::function<void()>& waiting)
    : file_(folder / (name + ".lock")) {
  std::error_code ignored;
  std::filesystem::create_directories(folder, ignored);
  while ((descriptor_ = open(file_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644)) >= 0) {
    const bool locked = flock(descriptor_, LOCK_EX | LOCK_NB) == 0;
    if (locked && is_still(descriptor_, file_)) return;
    const bool held_by_another = !locked && errno == EWOULDBLOCK;
    close(descriptor_);
    descriptor_ = -1;
    if (!locked && !held_by_another) return;
    if (!held_by_another) continue;
    had_to_wait_ = true;
    waiting();
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
}

void Lock::let_go() {
  if (descriptor_ < 0) return;
  unlink(file_.c_str());
  close(descriptor_);
  descriptor_ = -1;
}

}  // namespace hashloom::cache
