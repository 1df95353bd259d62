#pragma once
#include <chrono>
#include <dashboard/model/session.hpp>
#include <report/table.hpp>
#include <string>

namespace hashloom::dash {

/// The runs that a session compares, side by side: their names, what was measured last, the settings that differ. Read
/// again when something changed, at most every two seconds and a twentieth of the time.
class LiveComparison {
 public:
  using Clock = std::chrono::steady_clock;
  void refresh(Session& session, Clock::time_point now = Clock::now());

  const report::Table& table() const { return table_; }
  const std::string& trouble() const { return trouble_; }  ///< why there is none; empty: there is

 private:
  std::vector<std::filesystem::path> runs_;
  int64_t version_ = -1;
  Clock::time_point next_{};
  report::Table table_;
  std::string trouble_;
};

}  // namespace hashloom::dash
