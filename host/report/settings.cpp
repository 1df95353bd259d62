#include <algorithm>
#include <events/fields.hpp>
#include <report/settings.hpp>

namespace hashloom::report {
namespace {

using nlohmann::json;
using Settings = std::vector<Setting>;

const json& field(const json& object, const char* key) {
  static const json nothing;
  const auto found = object.find(key);
  return found == object.end() ? nothing : *found;
}

const json& list(const json& object, const char* key) {
  static const json empty = json::array();
  const json& found = field(object, key);
  return found.is_array() ? found : empty;
}

Cell cell(const json& value) {
  if (value.is_null()) return {};
  if (value.is_number_float()) return value.get<double>();
  if (value.is_number_integer()) return value.get<int64_t>();
  if (value.is_string()) return value.get<std::string>();
  return value.dump();
}

void add(Settings& settings, const std::string& name, const json& value) { settings.push_back({name, cell(value)}); }

void add_all(Settings& settings, const std::string& prefix, const json& values, const std::string& suffix = "") {
  if (!values.is_object()) return;
  for (const auto& [name, value] : values.items()) add(settings, prefix + name + suffix, value);
}

std::string written(const json& ports) {
  std::string text;
  for (const auto& port : ports.is_array() ? ports : json::array({ports})) {
    const auto node = events::text(port, "node"), name = events::text(port, "port");
    text += (text.empty() ? "" : ", ") + node + (events::flag(port, "previous") ? ".previous." : ".") + name;
  }
  return text;
}

void add_ports(Settings& settings, const std::string& prefix, const json& ports) {
  if (!ports.is_object()) return;
  for (const auto& [name, from] : ports.items()) settings.push_back({prefix + name, written(from)});
}

void add_stage(Settings& settings, const json& stage) {
  const auto name = events::text(stage, "name");
  add(settings, name + ".uses", field(stage, "uses"));
  add_all(settings, name + ".", field(stage, "with"));
  if (field(stage, "from_round").is_object())
    for (const auto& [round, values] : stage["from_round"].items())
      add_all(settings, name + ".", values, " from round " + round);
  add_ports(settings, name + ".in.", field(stage, "in"));
  if (events::flag(stage, "fresh")) add(settings, name + ".fresh", true);
}

void add_loop(Settings& settings, const json& loop) {
  const auto name = events::text(loop, "name");
  add(settings, name + ".rounds", field(loop, "rounds"));
  add_all(settings, name + ".until.", field(loop, "until"));
  add_ports(settings, name + ".carry.", field(loop, "carry"));
  add_ports(settings, name + ".next.", field(loop, "next"));
  for (const char* part : {"stages", "observe"})
    for (const auto& stage : list(loop, part)) add_stage(settings, stage);
}

const Cell* find(const Settings& settings, const std::string& name) {
  const auto found = std::ranges::find(settings, name, &Setting::name);
  return found == settings.end() ? nullptr : &found->value;
}

std::vector<Cell> column(const std::vector<Settings>& runs, const std::string& name) {
  std::vector<Cell> cells;
  for (const auto& run : runs) {
    const auto* value = find(run, name);
    cells.push_back(value ? *value : Cell());
  }
  return cells;
}

std::vector<std::string> all_names(const std::vector<Settings>& runs) {
  std::vector<std::string> names;
  for (const auto& run : runs)
    for (const auto& setting : run)
      if (std::ranges::find(names, setting.name) == names.end()) names.push_back(setting.name);
  return names;
}

bool is_same_everywhere(const std::vector<Cell>& cells) {
  return std::ranges::adjacent_find(cells, std::not_equal_to<>()) == cells.end();
}

std::string plain(const Cell& cell) { return shown(cell, {"", "", false, -1, true}); }

/// Whether each cell is the other column's with the same text before and after it: "hasher/lsh" of "lsh".
bool is_made_of(const std::vector<Cell>& cells, const std::vector<Cell>& parts) {
  const auto first = plain(cells[0]), part = plain(parts[0]);
  const auto at = first.find(part);
  if (at == std::string::npos) return false;
  const auto before = first.substr(0, at), after = first.substr(at + part.size());
  for (size_t i = 0; i < cells.size(); ++i)
    if (plain(cells[i]) != before + plain(parts[i]) + after) return false;
  return true;
}

/// A parameter that some runs lack because their stage uses another component.
bool comes_with_component(const std::vector<Settings>& runs, const std::string& name, const std::vector<Cell>& cells) {
  const auto stage = name.substr(0, name.rfind('.'));
  return std::ranges::find(cells, Cell()) != cells.end() && !is_same_everywhere(column(runs, stage + ".uses"));
}

}  // namespace

Settings settings_of(const json& run_record) {
  Settings settings;
  const json& workflow = field(run_record, "workflow");
  add(settings, "workflow", field(workflow, "name"));
  add_all(settings, "", field(workflow, "vars"));
  add(settings, "seed", field(run_record, "seed"));
  add(settings, "profile", field(workflow, "profile"));
  for (const auto& stage : list(workflow, "stages")) add_stage(settings, stage);
  for (const auto& loop : list(workflow, "loops")) add_loop(settings, loop);
  add(settings, "device", field(run_record, "device"));
  add(settings, "precision", events::flag(run_record, "bf16") ? "bf16" : "float32");
  add(settings, "threads", field(run_record, "threads"));
  add(settings, "instructions", field(run_record, "instructions"));
  add_all(settings, "version of ", field(run_record, "versions"));
  return settings;
}

Table differing(const std::vector<Settings>& runs) {
  Table table{{}, std::vector<std::vector<Cell>>(runs.size())};
  std::vector<std::vector<Cell>> shown;
  for (const auto& name : all_names(runs)) {
    const auto cells = column(runs, name);
    const auto repeats = [&](const auto& other) { return is_made_of(cells, other); };
    if (is_same_everywhere(cells) || std::ranges::any_of(shown, repeats) || comes_with_component(runs, name, cells))
      continue;
    shown.push_back(cells);
    table.columns.push_back({name, name, false, -1, true});
    for (size_t run = 0; run < runs.size(); ++run) table.rows[run].push_back(cells[run]);
  }
  return table;
}

}  // namespace hashloom::report
