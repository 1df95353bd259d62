#pragma once
#include <filesystem>
#include <mutex>
#include <set>
#include <string>

namespace hashloom::engine {

/// run/output.log, and which stages were told to have written to it. From any thread.
class OutputLog {
 public:
  explicit OutputLog(std::filesystem::path run);
  /// Whether something was written since the last call, and the stage was not yet named for it.
  bool has_grown_in(const std::string& stage);

 private:
  std::filesystem::path run_;
  std::mutex mutex_;
  int64_t size_;
  std::set<std::string> told_;
};

}  // namespace hashloom::engine
