#pragma once
#include <view/stage_progress.hpp>
#include <view/view.hpp>

namespace hashloom::view {

enum class Colours { no, yes };

size_t terminal_columns(std::FILE* out);  ///< 80 where the terminal does not tell

/// For terminals: a line each for the stages at work, drawn over in place at most ten times a second, below lines that
/// stay. Between two writes the terminal is as it was: cursor shown, colours off.
class TerminalView final : public View {
 public:
  TerminalView(std::FILE* out, Colours colours, std::function<size_t()> columns, Clock clock = steady_seconds);
  ~TerminalView() override;  ///< takes away the lines that do not stay

 private:
  struct Work {
    std::string stage, round;
    StageProgress progress;
  };

  void show(const nlohmann::json& event, const std::string& kind) override;
  void show_stage(const nlohmann::json& event);
  void show_progress(const nlohmann::json& event, const std::string& kind);
  void keep(const Line& line);
  void keep(const std::string& text);
  void draw(const std::string& kept);
  std::string erased(size_t columns) const;

  std::FILE* out_;
  bool with_colours_;
  std::function<size_t()> columns_;
  Clock clock_;
  std::vector<Work> working_;
  std::vector<size_t> drawn_widths_;  ///< of the lines that do not stay
  double drawn_ = -1e9;               ///< when
};

}  // namespace hashloom::view
