#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <report/table.hpp>
#include <report/text.hpp>

namespace hashloom::report {
namespace {

std::string shown_figure(double value, const Column& column) {
  if (!std::isfinite(value)) return "nan";
  if (column.is_percent) return fmt::format("{:.2f}", 100 * value);
  return column.decimals < 0 ? plain_number(value) : fmt::format("{:.{}f}", value, column.decimals);
}

bool is_text(const Table& table, size_t column) {
  return std::ranges::any_of(table.rows,
                             [&](const auto& row) { return std::holds_alternative<std::string>(row[column]); });
}

/// Titles and cells as they are shown, by row.
std::vector<std::vector<std::string>> shown_rows(const Table& table) {
  std::vector<std::vector<std::string>> rows(1);
  for (const auto& column : table.columns) rows[0].push_back(column.title);
  for (const auto& row : table.rows) {
    rows.emplace_back();
    for (size_t i = 0; i < row.size(); ++i) rows.back().push_back(shown(row[i], table.columns[i]));
  }
  return rows;
}

std::string aligned(const std::string& text, size_t columns, bool left) {
  return left ? pad(text, columns) : std::string(columns - width(text), ' ') + text;
}

void trim_end(std::string& line) { line.erase(line.find_last_not_of(' ') + 1); }

}  // namespace

std::string shown(const Cell& cell, const Column& column) {
  if (const auto* count = std::get_if<int64_t>(&cell))
    return column.is_plain ? std::to_string(*count) : grouped(*count);
  if (const auto* figure = std::get_if<double>(&cell)) return shown_figure(*figure, column);
  if (const auto* words = std::get_if<std::string>(&cell)) return without_controls(*words);
  return "-";
}

std::string render(const Table& table) {
  const auto rows = shown_rows(table);
  std::vector<size_t> widths(table.columns.size());
  std::vector<bool> left(table.columns.size());
  for (size_t i = 0; i < left.size(); ++i) left[i] = is_text(table, i);
  for (const auto& row : rows)
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width(row[i]));
  std::string text;
  for (const auto& row : rows) {
    std::string line;
    for (size_t i = 0; i < row.size(); ++i) line += (i > 0 ? "  " : "") + aligned(row[i], widths[i], left[i]);
    trim_end(line);
    text += line + '\n';
  }
  return text;
}

nlohmann::json to_json(const Table& table) {
  auto list = nlohmann::json::array();
  for (const auto& row : table.rows) {
    auto object = nlohmann::json::object();
    for (size_t i = 0; i < row.size(); ++i)
      object[table.columns[i].key] = std::visit(
          [](const auto& value) -> nlohmann::json {
            if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::monostate>)
              return nullptr;
            else if constexpr (std::is_same_v<std::decay_t<decltype(value)>, double>)
              return std::isfinite(value) ? nlohmann::json(value) : nlohmann::json();
            else
              return value;
          },
          row[i]);
    list.push_back(std::move(object));
  }
  return list;
}

}  // namespace hashloom::report
