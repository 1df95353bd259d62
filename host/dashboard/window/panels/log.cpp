#include <fmt/chrono.h>
#include <fmt/format.h>

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

/// What happened, in order; follows the end while it is shown.
class Log final : public Panel {
 public:
  const char* title() const override { return "Log"; }

  void draw(Scene& scene) override {
    const auto* run = scene.session.chosen();
    if (says_no_run(run)) return;
    if (!run->trouble().empty()) {
      ImGui::PushStyleColor(ImGuiCol_Text, warning_colour());
      ImGui::TextWrapped("%s", run->trouble().c_str());
      ImGui::PopStyleColor();
    }
    if (run->history().log.empty()) {
      say_empty("Nothing has happened yet", "Lines come as soon as the run writes its first event");
      return;
    }
    ImGui::Checkbox("only warnings and errors", &only_troubles_);
    draw_lines(run->history().log);
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
  void draw_lines(const std::deque<LogLine>& log) const {
    constexpr auto kFlags = ImGuiTableFlags_ScrollY | ImGuiTableFlags_RowBg | ImGuiTableFlags_SizingFixedFit;
    if (!ImGui::BeginTable("log", 3, kFlags)) return;
    ImGui::TableSetupColumn("time");
    ImGui::TableSetupColumn("stage");
    ImGui::TableSetupColumn("text", ImGuiTableColumnFlags_WidthStretch);
    for (const auto& line : log)
      if (!only_troubles_ || line.severity != Severity::plain) draw_line(line);
    if (ImGui::GetScrollY() >= ImGui::GetScrollMaxY() - 1) ImGui::SetScrollHereY(1);
    ImGui::EndTable();
  }

  static void draw_line(const LogLine& line) {
    ImGui::TableNextColumn();
    coloured(faint_colour(), time_of(line.wall));
    ImGui::TableNextColumn();
    coloured(faint_colour(), place_of(line));
    ImGui::TableNextColumn();
    ImGui::PushStyleColor(ImGuiCol_Text, colour_of(line.severity));
    const std::string word = word_for(line.severity);
    ImGui::TextWrapped("%s%s%s", word.c_str(), word.empty() ? "" : ": ", line.text.c_str());
    ImGui::PopStyleColor();
  }

  bool only_troubles_ = false;
};

}  // namespace

std::unique_ptr<Panel> log_panel() { return std::make_unique<Log>(); }

}  // namespace hashloom::dash
