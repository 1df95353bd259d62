#include <algorithm>
#include <events/fields.hpp>
#include <map>
#include <optional>
#include <report/headline.hpp>
#include <report/rounds_table.hpp>
#include <set>

namespace hashloom::report {
namespace {

using events::integer;
using events::text;
using nlohmann::json;

struct Row {
  std::string loop;
  std::optional<int64_t> round;  ///< nothing outside of loops
  std::vector<Cell> headlines;   ///< as long as Figures::headlines, or shorter
  Cell changed_bits, distinct_codes, seconds;
};

struct Figures {
  std::vector<Headline> headlines;  ///< in the order of their first appearance
  std::vector<Row> rows;
};

Cell count(const json& event, const char* key) {
  const auto value = integer(event, key);
  return value ? Cell(*value) : Cell();
}

Row& row_of(Figures& figures, const json& event) {
  const auto loop = text(event, "loop");
  const auto round = loop.empty() ? std::nullopt : integer(event, "round");
  const auto found =
      std::ranges::find_if(figures.rows, [&](const Row& row) { return row.loop == loop && row.round == round; });
  if (found != figures.rows.end()) return *found;
  return figures.rows.emplace_back(Row{loop, round, {}, {}, {}, {}});
}

void add_metric(Figures& figures, const json& event) {
  const auto column = place_of(headline_of(event), figures.headlines);
  auto& row = row_of(figures, event);
  if (row.headlines.size() <= column) row.headlines.resize(column + 1);
  row.headlines[column] = figure(event, "value");
}

void add_round(Figures& figures, const json& event) {
  auto& row = row_of(figures, event);
  row.changed_bits = figure(event, "changed_bits");
  row.distinct_codes = count(event, "distinct_codes");
  row.seconds = figure(event, "seconds");
}

/// A row for what lies outside of loops takes the whole run's seconds.
void add_end(Figures& figures, const json& event) {
  if (figures.rows.empty()) row_of(figures, json::object());
  for (auto& row : figures.rows)
    if (!row.round) row.seconds = figure(event, "seconds");
}

/// Loops in the order of the file, in each the rounds in order, though an observer of round 2 may be faster than one of
/// round 1; what lies outside of loops comes last.
void sort_rows(std::vector<Row>& rows) {
  std::vector<std::string> loops;
  for (const auto& row : rows)
    if (row.round && std::ranges::count(loops, row.loop) == 0) loops.push_back(row.loop);
  const auto place = [&](const Row& row) {
    return std::pair(std::ranges::find(loops, row.round ? row.loop : "") - loops.begin(), row.round.value_or(0));
  };
  std::ranges::stable_sort(rows, {}, place);
}

Figures collect(const std::vector<json>& events) {
  Figures figures;
  for (const auto& event : events) {
    const auto kind = text(event, "kind");
    if (is_headline(event)) add_metric(figures, event);
    if (kind == "round") add_round(figures, event);
    if (kind == "end") add_end(figures, event);
  }
  sort_rows(figures.rows);
  return figures;
}

/// What a table shows besides headlines: nothing of rounds without a loop, the loop's name where there are several.
enum class Loops { none, one, several };

Loops loops_of(const std::vector<Row>& rows) {
  std::set<std::string> names;
  for (const auto& row : rows)
    if (row.round) names.insert(row.loop);
  return names.empty() ? Loops::none : names.size() == 1 ? Loops::one : Loops::several;
}

std::vector<Column> columns_of(const std::vector<Headline>& headlines, Loops loops) {
  std::vector<Column> columns;
  if (loops == Loops::several) columns.push_back({"loop", "loop"});
  if (loops != Loops::none) columns.push_back({"round", "round"});
  for (const auto& headline : headlines) columns.push_back(column_of(headline, headlines));
  if (loops != Loops::none) {
    columns.push_back({"changed_bits", "changed bits %", true});
    columns.push_back({"distinct_codes", "distinct codes"});
  }
  columns.push_back({"seconds", "seconds", false, 1});
  return columns;
}

std::vector<Cell> cells_of(Row row, size_t headlines, Loops loops) {
  std::vector<Cell> cells;
  if (loops == Loops::several) cells.push_back(row.loop.empty() ? Cell() : Cell(row.loop));
  if (loops != Loops::none) cells.push_back(row.round ? Cell(*row.round) : Cell());
  row.headlines.resize(headlines);
  cells.insert(cells.end(), row.headlines.begin(), row.headlines.end());
  if (loops != Loops::none) cells.insert(cells.end(), {row.changed_bits, row.distinct_codes});
  cells.push_back(row.seconds);
  return cells;
}

}  // namespace

Table rounds_table(const std::vector<json>& events) {
  const auto figures = collect(events);
  const auto loops = loops_of(figures.rows);
  Table table{columns_of(figures.headlines, loops), {}};
  for (const auto& row : figures.rows) table.rows.push_back(cells_of(row, figures.headlines.size(), loops));
  return table;
}

}  // namespace hashloom::report
