#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <report/text.hpp>

namespace hashloom::report {
namespace {

struct Character {
  uint32_t point;
  size_t bytes;
};

/// The character that `text` begins with; a byte that is no UTF-8 counts as one.
Character first(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const size_t bytes = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  if (bytes == 1 || bytes > text.size()) return {lead, 1};
  uint32_t point = lead & (0xffU >> (bytes + 1));
  for (const char byte : text.substr(1, bytes - 1)) point = point << 6 | (static_cast<unsigned char>(byte) & 0x3fU);
  return {point, bytes};
}

/// Columns: 0 for marks that join the letter before, 2 for East Asian wide characters and pictures (Unicode, UAX #11).
size_t columns(uint32_t point) {
  struct Range {
    uint32_t low, high;
  };
  static constexpr std::array<Range, 8> kWide{{{0x1100, 0x115f},
                                               {0x2e80, 0xa4cf},
                                               {0xac00, 0xd7a3},
                                               {0xf900, 0xfaff},
                                               {0xfe30, 0xfe6f},
                                               {0xff00, 0xff60},
                                               {0x1f300, 0x1faff},
                                               {0x20000, 0x3fffd}}};
  if (point >= 0x300 && point <= 0x36f) return 0;
  return std::ranges::any_of(kWide, [&](const Range& wide) { return point >= wide.low && point <= wide.high; }) ? 2 : 1;
}

}  // namespace

size_t width(std::string_view text) {
  size_t total = 0;
  while (!text.empty()) {
    const auto character = first(text);
    total += columns(character.point);
    text.remove_prefix(character.bytes);
  }
  return total;
}

std::string cut(std::string_view text, size_t limit) {
  size_t total = 0, bytes = 0;
  while (bytes < text.size()) {
    const auto character = first(text.substr(bytes));
    total += columns(character.point);
    if (total > limit) break;
    bytes += character.bytes;
  }
  return std::string(text.substr(0, bytes));
}

std::string pad(std::string_view text, size_t columns) {
  const auto have = width(text);
  return std::string(text) + std::string(columns > have ? columns - have : 0, ' ');
}

std::string without_controls(std::string_view text) {
  std::string clean(text);
  for (char& byte : clean)
    if ((static_cast<unsigned char>(byte) < 0x20 && byte != '\n') || byte == 0x7f) byte = '?';
  return clean;
}

std::string grouped(int64_t number) {
  auto digits = std::to_string(number);
  const int64_t begin = number < 0 ? 1 : 0;
  for (auto at = static_cast<int64_t>(digits.size()) - 3; at > begin; at -= 3)
    digits.insert(static_cast<size_t>(at), 1, ',');
  return digits;
}

std::string duration(double seconds) {
  if (!std::isfinite(seconds) || seconds > 1e9) return "?";
  const auto whole = static_cast<int64_t>(std::llround(std::max(seconds, 0.0)));
  if (whole < 3600) return fmt::format("{}:{:02}", whole / 60, whole % 60);
  return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
}

std::string bytes(int64_t count) {
  static constexpr const char* kUnits[] = {"KiB", "MiB", "GiB", "TiB"};
  if (count < 1024) return fmt::format("{} B", count);
  double size = static_cast<double>(count) / 1024;
  size_t unit = 0;
  for (; size >= 1024 && unit + 1 < std::size(kUnits); ++unit) size /= 1024;
  return fmt::format("{:.1f} {}", size, kUnits[unit]);
}

std::string plain_number(double value) {
  if (std::fabs(value) < 1e15 && value == std::round(value)) return grouped(static_cast<int64_t>(value));
  return fmt::format("{:.4g}", value);
}

std::string rate(double per_second) {
  return per_second >= 100 ? grouped(std::llround(std::min(per_second, 1e15))) : fmt::format("{:.3g}", per_second);
}

}  // namespace hashloom::report
