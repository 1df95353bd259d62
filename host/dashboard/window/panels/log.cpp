#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <dashboard/window/look.hpp>
#include <dashboard/window/panels/panels.hpp>
#include <dashboard/window/words.hpp>

namespace hashloom::dash {
namespace {

std::string time_of(double wall) {
  const auto whole = static_cast<std::time_t>(wall);
  std::tm parts{};
  return ::localtime_r(&whole, &parts) != nullptr ? fmt::format("{:%H:%M:%S}", parts) : "";
}

std::string place_of(const LogLine& line) {
  if (line.stage.empty()) return line.round >= 0 ? fmt::format("round {}", line.round) : "";
  return line.round >= 0 ? fmt::format("{}, round {}", line.stage, line.round) : line.stage;
}

ImVec4 colour_of(Severity severity) {
  if (severity == Severity::error) return bad_colour();
  return severity == Severity::warning ? warning_colour() : ImGui::GetStyleColorVec4(ImGuiCol_Text);
}

const char* word_for(Severity severity) {
  if (severity == Severity::error) return "error";
  return severity == Severity::warning ? "warning" : "";
}

std::string words_of(const LogLine& line) {
  const std::string word = word_for(line.severity);
  return word.empty() ? line.text : word + ": " + line.text;
}

float width_of(const std::string& text) { return ImGui::CalcTextSize(text.c_str()).x; }

/// Where each shown line stands. To break ten thousand lines takes longer than a frame may.
class LogLayout {
 public:
  /// What it was made for: it holds until one of them is another.
  struct Made {
    std::filesystem::path run;
    int64_t events = 0;
    size_t lines = 0;
    bool only_troubles = false;
    float room = 0, letter = 0;
    bool operator==(const Made&) const = default;
  };

  void fit(const std::deque<LogLine>& log, const Made& made) {
    if (made == made_) return;
    made_ = made;
    lines_.clear();
    for (size_t i = 0; i < log.size(); ++i)
      if (!made.only_troubles || log[i].severity != Severity::plain) lines_.push_back(i);
    const float gap = 2 * ImGui::GetStyle().CellPadding.x + 1;
    place_ = width_of("00:00:00") + gap;
    float widest = 0;
    for (const auto line : lines_) widest = std::max(widest, width_of(place_of(log[line])));
    words_ = place_ + widest + gap;
    find_tops(log);
  }

  /// Those of the lines that are within the heights `top` to `bottom`.
  std::pair<size_t, size_t> within(float top, float bottom) const {
    const auto after_top = std::ranges::upper_bound(tops_, top), from_bottom = std::ranges::lower_bound(tops_, bottom);
    const auto first = std::max<ptrdiff_t>(after_top - tops_.begin() - 1, 0), last = from_bottom - tops_.begin();
    return {static_cast<size_t>(first), std::min(static_cast<size_t>(last), lines_.size())};
  }

  size_t line(size_t number) const { return lines_[number]; }  ///< its place in the log
  float top(size_t number) const { return tops_[number]; }
  float height() const { return tops_.back(); }
  float place() const { return place_; }  ///< where the stages' column begins
  float words() const { return words_; }  ///< and the texts'

 private:
  void find_tops(const std::deque<LogLine>& log) {
    const float room = std::max(made_.room - words_, 1.0F), gap = 2 * ImGui::GetStyle().CellPadding.y;
    tops_ = {0};
    for (const auto line : lines_)
      tops_.push_back(tops_.back() + ImGui::CalcTextSize(words_of(log[line]).c_str(), nullptr, false, room).y + gap);
  }

  Made made_;
  std::vector<size_t> lines_;
  std::vector<float> tops_{0};  ///< one more than lines: the end
  float place_ = 0, words_ = 0;
};

/// What happened, in order; follows the end while it is shown.
class Log final : public Panel {
 public:
  const char* title() const override { return "Log"; }

  void draw(Scene& scene) override {
    const auto* run = scene.session.chosen();
    if (says_no_run(run)) return;
    if (!run->trouble().empty()) wrapped(warning_colour(), run->trouble());
    if (run->history().log.empty()) {
      say_empty("Nothing has happened yet", "Lines come as soon as the run writes its first event");
      return;
    }
    ImGui::Checkbox("only warnings and errors", &only_troubles_);
    draw_lines(*run);
  }

  report::Table table(Session& session) override {
    report::Table all{
        {{"wall", "wall"}, {"severity", "severity"}, {"stage", "stage"}, {"round", "round"}, {"text", "text"}}, {}};
    if (session.chosen() == nullptr) return all;
    for (const auto& line : session.chosen()->history().log)
      all.rows.push_back({line.wall, std::string(word_for(line.severity)), line.stage,
                          line.round >= 0 ? report::Cell(line.round) : report::Cell(), line.text});
    return all;
  }

 private:
  void draw_lines(const FollowedRun& run) {
    if (!ImGui::BeginChild("log")) return ImGui::EndChild();
    const auto& history = run.history();
    layout_.fit(history.log, {run.folder(), history.events, history.log.size(), only_troubles_,
                              ImGui::GetContentRegionAvail().x, ImGui::GetFontSize()});
    const float top = ImGui::GetScrollY();
    const auto [first, last] = layout_.within(top, top + ImGui::GetWindowHeight());
    for (size_t i = first; i < last; ++i) draw_line(history.log[layout_.line(i)], i);
    ImGui::SetCursorPos({0, layout_.height()});
    ImGui::Dummy({0, 0});
    if (ImGui::GetScrollY() >= ImGui::GetScrollMaxY() - 1) ImGui::SetScrollHereY(1);
    ImGui::EndChild();
  }

  void draw_line(const LogLine& line, size_t number) const {
    if (number % 2 == 1) draw_stripe(layout_.top(number), layout_.top(number + 1));
    const float top = layout_.top(number) + ImGui::GetStyle().CellPadding.y;
    ImGui::SetCursorPos({0, top});
    coloured(faint_colour(), time_of(line.wall));
    ImGui::SetCursorPos({layout_.place(), top});
    coloured(faint_colour(), place_of(line));
    ImGui::SetCursorPos({layout_.words(), top});
    wrapped(colour_of(line.severity), words_of(line));
  }

  static void draw_stripe(float top, float bottom) {
    const auto begin = ImGui::GetWindowPos();
    const float zero = begin.y - ImGui::GetScrollY();
    ImGui::GetWindowDrawList()->AddRectFilled({begin.x, zero + top}, {begin.x + ImGui::GetWindowWidth(), zero + bottom},
                                              ImGui::GetColorU32(ImGuiCol_TableRowBgAlt));
  }

  bool only_troubles_ = false;
  LogLayout layout_;
};

}  // namespace

std::unique_ptr<Panel> log_panel() { return std::make_unique<Log>(); }

}  // namespace hashloom::dash
