#pragma once
#include <string>
#include <vector>

namespace hashloom::view {

enum class Style { plain, dim, bold, green, yellow, red };

struct Piece {
  std::string text;
  Style style = Style::plain;
};

/// A line for the terminal; its pieces stand two columns apart. No text in it has control characters.
using Line = std::vector<Piece>;

/// At most `columns` wide: pieces at the end that do not fit are left out, a first one that does not is cut.
std::string fitted(const Line& line, size_t columns, bool with_colours);

/// All of it, however wide, without colours.
std::string plain(const Line& line);

/// The text in a style, as ECMA-48 has it.
std::string coloured(const std::string& text, Style style);

}  // namespace hashloom::view
