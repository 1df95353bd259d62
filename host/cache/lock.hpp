#pragma once
#include <filesystem>
#include <functional>
#include <string>

namespace hashloom::cache {

/// While it exists and was not let go, no other process or thread computes what it names: a sweep's cells compute what
/// they share once. It ends with its process. Where the folder can't be written there is no lock, and both compute.
class Lock {
 public:
  /// Waits as long as another holds it, calling `waiting` ten times a second, which may throw.
  Lock(const std::filesystem::path& folder, const std::string& name, const std::function<void()>& waiting);
  ~Lock() { let_go(); }
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;

  void let_go();
  bool had_to_wait() const { return had_to_wait_; }

 private:
  std::filesystem::path file_;
  int descriptor_ = -1;
  bool had_to_wait_ = false;
};

}  // namespace hashloom::cache
