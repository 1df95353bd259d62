#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <events/fields.hpp>
#include <report/text.hpp>
#include <view/terminal_view.hpp>

namespace hashloom::view {
namespace {

constexpr double kPause = 0.1;  // seconds
constexpr auto kHideCursor = "\x1b[?25l", kShowCursor = "\x1b[?25h", kEraseBelow = "\x1b[J";

}  // namespace

size_t terminal_columns(std::FILE* out) {
  winsize size{};
  const bool told = ::ioctl(::fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return told ? size.ws_col : 80;
}

TerminalView::TerminalView(std::FILE* out, Colours colours, std::function<size_t()> columns, Clock clock)
    : out_(out), with_colours_(colours == Colours::yes), columns_(std::move(columns)), clock_(std::move(clock)) {}

TerminalView::~TerminalView() {
  working_.clear();
  if (!drawn_widths_.empty()) draw("");
}

void TerminalView::show(const nlohmann::json& event, const std::string& kind) {
  if (kind == "run") keep(messages_.run(event));
  if (kind == "stage") show_stage(event);
  if (kind == "progress" || kind == "epoch") show_progress(event, kind);
  if (kind == "round") keep(messages_.round_ended(event));
  if (kind == "loop") keep(messages_.loop_ended(event));
  if (kind == "resume") keep(messages_.resumed(event));
  if (kind == "warning") keep(messages_.warning(event, with_colours_));
  if (kind == "error") keep(messages_.error(event, with_colours_));
  if (kind == "end") {
    working_.clear();
    keep(messages_.run_ended(event));
  }
}

void TerminalView::show_stage(const nlohmann::json& event) {
  const auto stage = events::text(event, "stage");
  std::erase_if(working_, [&](const Work& work) { return work.stage == stage; });
  if (events::text(event, "state") != "started") return keep(messages_.stage_ended(event));
  working_.push_back({stage, messages_.round(event), StageProgress(event)});
  draw("");
}

void TerminalView::show_progress(const nlohmann::json& event, const std::string& kind) {
  const auto work = std::ranges::find(working_, events::text(event, "stage"), &Work::stage);
  if (work == working_.end()) return;
  const double now = clock_();
  kind == "epoch" ? work->progress.on_epoch(event, now) : work->progress.on_progress(event, now);
  if (now - drawn_ >= kPause) draw("");
}

void TerminalView::keep(const Line& line) {
  // One column stays free: at a line's very end terminals disagree about where the cursor is.
  const auto columns = std::max<size_t>(columns_(), 2) - 1;
  if (!line.empty()) keep(fitted(line, columns, with_colours_));
}

void TerminalView::keep(const std::string& text) { draw(text + '\n'); }

/// What brings the cursor to the first of the lines drawn, and takes them away; a terminal that has become narrower
/// shows a line in several rows.
std::string TerminalView::erased(size_t columns) const {
  if (drawn_widths_.empty()) return "";
  size_t rows = 0;
  for (const auto width : drawn_widths_) rows += std::max<size_t>((width + columns - 1) / columns, 1);
  return (rows > 1 ? fmt::format("\r\x1b[{}A", rows - 1) : "\r") + kEraseBelow;
}

/// All in one write, so that nothing flickers and no signal comes in between.
void TerminalView::draw(const std::string& kept) {
  const auto columns = std::max<size_t>(columns_(), 2);
  drawn_ = clock_();
  auto frame = kHideCursor + erased(columns) + kept;
  drawn_widths_.clear();
  for (const auto& work : working_) {
    if (&work != &working_.front()) frame += '\n';
    const auto line = work.progress.line(messages_.name_columns(), work.round, drawn_);
    frame += fitted(line, columns - 1, with_colours_);
    drawn_widths_.push_back(report::width(fitted(line, columns - 1, false)));
  }
  std::fputs((frame + kShowCursor).c_str(), out_);
  std::fflush(out_);
}

}  // namespace hashloom::view
