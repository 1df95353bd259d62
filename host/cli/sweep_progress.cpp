#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <cli/command.hpp>
#include <cli/sweep_progress.hpp>
#include <fstream>
#include <report/runs.hpp>
#include <report/text.hpp>

namespace hashloom::cli {
namespace {

constexpr size_t kShownRunning = 70;  // columns

/// As the cell printed it: its last line with "error: ", and the indented ones after that.
std::vector<std::string> last_error(const std::filesystem::path& cell) {
  std::ifstream in(cell / "console.log");
  std::vector<std::string> lines;
  bool goes_on = false;
  for (std::string line; std::getline(in, line);) {
    const bool is_error = line.find("error: ") != std::string::npos;
    if (is_error) lines.clear();
    goes_on = is_error || (goes_on && line.starts_with("  "));
    if (goes_on) lines.push_back(line);
  }
  return lines;
}

std::string how(const sweep::Ended& ended) {
  if (ended.status == kSuccess) return "finished";
  if (ended.status == kInterrupted) return "stopped";
  return ended.status > 128 ? fmt::format("ended by signal {}", ended.status - 128) : "failed";
}

std::string measured(const std::filesystem::path& cell) {
  const auto info = report::run_info(cell);
  return info.metric.empty() ? "" : "  " + report::shown_metric(info);
}

}  // namespace

SweepProgress::SweepProgress(int64_t all, int64_t finished)
    : all_(all), done_(finished), on_terminal_(isatty(STDERR_FILENO) == 1) {}

SweepProgress::~SweepProgress() { wipe(); }

void SweepProgress::on_start(const std::filesystem::path& cell) {
  running_.insert(cell.filename().string());
  draw();
}

void SweepProgress::on_end(const sweep::Ended& ended) {
  wipe();
  const auto name = ended.cell.filename().string();
  running_.erase(name);
  fmt::print(stderr, "[{} of {}] {}: {} in {}{}\n", ++done_, all_, name, how(ended), report::duration(ended.seconds),
             ended.status == kSuccess ? measured(ended.cell) : "");
  if (ended.status != kSuccess && ended.status != kInterrupted) {
    for (const auto& line : last_error(ended.cell)) fmt::print(stderr, "    {}\n", report::without_controls(line));
    fmt::print(stderr, "    all that it said: {}\n", (ended.cell / "console.log").string());
  }
  draw();
}

void SweepProgress::draw() const {
  if (!on_terminal_ || running_.empty()) return;
  const auto names = fmt::format("{} running: {}", running_.size(), fmt::join(running_, "  "));
  fmt::print(stderr, "\r\033[K{}", report::cut(names, kShownRunning));
}

void SweepProgress::wipe() const {
  if (on_terminal_) fmt::print(stderr, "\r\033[K");
}

}  // namespace hashloom::cli
