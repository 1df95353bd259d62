#pragma once
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <variant>
#include <vector>

namespace hashloom::report {

/// Nothing (shown as "-"), a count, a figure, a text.
using Cell = std::variant<std::monostate, int64_t, double, std::string>;

struct Column {
  std::string key;          ///< the field's name for programs: "changed_bits"
  std::string title;        ///< for people, with the unit: "changed bits %"
  bool is_percent = false;  ///< fractions, shown times 100 with two decimals
  int decimals = -1;        ///< of other figures; -1: four digits
  bool is_plain = false;    ///< counts without separators of thousands, as they are typed
};

struct Table {
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;  ///< as long as columns
};

/// As it is shown in that column: "44.49", "1,234", "-".
std::string shown(const Cell& cell, const Column& column);

/// For the terminal: titles, then the rows, numbers to the right and texts to the left; each line ends with a newline.
std::string render(const Table& table);

/// A list of objects, one a row; empty cells and figures that are no numbers are null, fractions stay fractions.
nlohmann::json to_json(const Table& table);

}  // namespace hashloom::report
