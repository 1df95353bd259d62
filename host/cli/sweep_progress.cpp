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

std::string how(const sweep::Ended& ended, const report::RunInfo& cell) {
  if (ended.status == kSuccess) return "finished";
  if (ended.status == kInterrupted) return "stopped";
  if (ended.status > 128) return fmt::format("ended by signal {}", ended.status - 128);
  return cell.why.empty() ? "failed" : "crashed";
}

void tell_why(const report::RunInfo& cell) {
  const auto lines = cell.why.empty() ? last_error(cell.folder) : std::vector{cell.why};
  for (const auto& line : lines) fmt::print(stderr, "    {}\n", report::without_controls(line));
  fmt::print(stderr, "    all that it said: {}\n", (cell.folder / "console.log").string());
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
  const auto cell = report::run_info(ended.cell);
  const auto name = ended.cell.filename().string();
  running_.erase(name);
  const auto metric = ended.status == kSuccess && !cell.metric.empty() ? "  " + report::shown_metric(cell) : "";
  fmt::print(stderr, "[{} of {}] {}: {} in {}{}\n", ++done_, all_, name, how(ended, cell),
             report::duration(ended.seconds), metric);
  if (ended.status != kSuccess && ended.status != kInterrupted) tell_why(cell);
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
