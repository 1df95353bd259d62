#pragma once
#include <filesystem>
#include <map>
#include <string>

namespace hashloom::engine {

/// Which units of work of a run are done: checkpoints/ledger.json. A unit is "gist", "pgh/1/gan" (a stage or observer
/// in round 1), "pgh/1" (the round) or "pgh" (the loop).
class Ledger {
 public:
  /// Reads what is there. Throws store::CorruptFile if the file is not a ledger.
  explicit Ledger(const std::filesystem::path& run);

  bool done(const std::string& unit) const { return seconds_.contains(unit); }
  double seconds(const std::string& unit) const { return seconds_.at(unit); }
  double seconds_below(const std::string& prefix) const;  ///< sum over units that begin so

  /// Writes it, atomically. `seq`: the last event that the unit's work has written.
  void mark(const std::string& unit, double seconds, int64_t seq);
  int64_t seq() const { return seq_; }  ///< of the unit marked last; -1 if there is none

 private:
  std::filesystem::path file_;
  std::map<std::string, double> seconds_;
  int64_t seq_ = -1;
};

}  // namespace hashloom::engine
