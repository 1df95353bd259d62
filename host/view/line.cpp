#include <report/text.hpp>
#include <view/line.hpp>

namespace hashloom::view {
namespace {

constexpr size_t kGap = 2;

const char* code(Style style) {
  switch (style) {
    case Style::plain:
      return "";
    case Style::dim:
      return "\x1b[2m";
    case Style::bold:
      return "\x1b[1m";
    case Style::green:
      return "\x1b[32m";
    case Style::yellow:
      return "\x1b[33m";
    case Style::red:
      return "\x1b[1;31m";
  }
  return "";
}

}  // namespace

std::string coloured(const std::string& text, Style style) {
  return style == Style::plain ? text : code(style) + text + "\x1b[0m";
}

std::string fitted(const Line& line, size_t columns, bool with_colours) {
  std::string all;
  size_t used = 0;
  for (const auto& piece : line) {
    const bool is_first = used == 0;
    const auto text = report::without_controls(is_first ? report::cut(piece.text, columns) : piece.text);
    const auto gap = is_first ? 0 : kGap;
    if (used + gap + report::width(text) > columns) break;
    used += gap + report::width(text);
    all += std::string(gap, ' ') + (with_colours ? coloured(text, piece.style) : text);
  }
  return all;
}

std::string plain(const Line& line) {
  std::string all;
  for (const auto& piece : line) all += (all.empty() ? "" : std::string(kGap, ' ')) + piece.text;
  return report::without_controls(all);
}

}  // namespace hashloom::view
