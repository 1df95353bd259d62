#pragma once
#include <filesystem>
#include <map>
#include <mutex>
#include <string>

namespace hashloom::engine {

/// Which units of work of a run are done: checkpoints/ledger.json. A unit is "gist", "pgh/1/gan" (a stage or observer
/// in round 1), "pgh/1" (the round) or "pgh" (the loop). Used from any thread.
class Ledger {
 public:
  /// Reads what is there. Throws store::CorruptFile if the file is not a ledger.
  explicit Ledger(const std::filesystem::path& run);

  bool done(const std::string& unit) const;
  double seconds(const std::string& unit) const;
  std::string key(const std::string& unit) const;         ///< of what it gave
  double seconds_below(const std::string& prefix) const;  ///< sum over units that begin so

  struct Mark {
    double seconds = 0;
    std::string key = {};  ///< empty for rounds and loops
  };
  /// Writes it, atomically. `seq`: the last event that the unit's work has written.
  void mark(const std::string& unit, const Mark& mark, int64_t seq);
  int64_t seq() const;  ///< of the unit marked last; -1 if there is none

 private:
  mutable std::mutex mutex_;
  std::filesystem::path file_;
  std::map<std::string, Mark> done_;
  int64_t seq_ = -1;
};

}  // namespace hashloom::engine
