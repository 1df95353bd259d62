#include <fmt/format.h>

#include <dashboard/model/csv.hpp>

namespace hashloom::dash {
namespace {

std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string all = "\"";
  for (const char letter : text) all += letter == '"' ? "\"\"" : std::string(1, letter);
  return all + '"';
}

std::string plain(const report::Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return quoted(*text);
  if (const auto* count = std::get_if<int64_t>(&cell)) return std::to_string(*count);
  if (const auto* figure = std::get_if<double>(&cell)) return fmt::format("{}", *figure);
  return {};
}

}  // namespace

std::string csv(const report::Table& table) {
  std::string text;
  for (size_t i = 0; i < table.columns.size(); ++i) text += (i ? "," : "") + quoted(table.columns[i].key);
  text += "\r\n";
  for (const auto& row : table.rows) {
    for (size_t i = 0; i < row.size(); ++i) text += (i ? "," : "") + plain(row[i]);
    text += "\r\n";
  }
  return text;
}

}  // namespace hashloom::dash
