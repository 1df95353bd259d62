#pragma once
#include <set>
#include <sweep/runner.hpp>

namespace hashloom::cli {

/// A line on standard error for each cell that ends; on a terminal a last line, drawn over, says what goes on.
class SweepProgress final : public sweep::Watcher {
 public:
  /// `finished` of the `all` cells were finished before.
  SweepProgress(int64_t all, int64_t finished);
  ~SweepProgress() override;
  void on_start(const std::filesystem::path& cell) override;
  void on_end(const sweep::Ended& ended) override;

 private:
  void draw() const;
  void wipe() const;

  int64_t all_, done_;
  std::set<std::string> running_;
  bool on_terminal_;
};

}  // namespace hashloom::cli
