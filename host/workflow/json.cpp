#include <workflow/workflow.hpp>

namespace hashloom::workflow {
namespace {

using nlohmann::json;

// An empty list is written as {"empty": its type}: JSON's [] would forget what it lists.
json value_to_json(const ParamValue& value) {
  json written = std::visit([](const auto& held) { return json(held); }, value);
  if (written.is_array() && written.empty()) return {{"empty", type_name(value)}};
  return written;
}

ParamValue empty_list(const std::string& type) {
  for (const ParamValue& list : {ParamValue(std::vector<int64_t>{}), ParamValue(std::vector<double>{})})
    if (type_name(list) == type) return list;
  return std::vector<std::string>{};
}

ParamValue list_from_json(const json& written) {
  const json& first = written.at(0);
  if (first.is_number_float()) return written.get<std::vector<double>>();
  if (first.is_number()) return written.get<std::vector<int64_t>>();
  return written.get<std::vector<std::string>>();
}

ParamValue value_from_json(const json& written) {
  if (written.is_object()) return empty_list(written.at("empty").get<std::string>());
  if (written.is_array()) return list_from_json(written);
  if (written.is_boolean()) return written.get<bool>();
  if (written.is_number_float()) return written.get<double>();
  if (written.is_number()) return written.get<int64_t>();
  return written.get<std::string>();
}

json to(const Values& values) {
  json written = json::object();
  for (const auto& [name, value] : values) written[name] = value_to_json(value);
  return written;
}

Values values_from(const json& written) {
  Values values;
  for (const auto& [name, value] : written.items()) values[name] = value_from_json(value);
  return values;
}

json to(const Place& place) {
  if (place.file == 0) return {place.line, place.column};
  return {place.line, place.column, place.file};
}

Place place_from(const json& written) {
  return {written.at(0).get<int>(), written.at(1).get<int>(), written.size() > 2 ? written[2].get<int>() : 0};
}

json to(const PortRef& ref) {
  return {{"node", ref.node},
          {"port", ref.port},
          {"loop", ref.is_loop},
          {"previous", ref.previous},
          {"place", to(ref.place)}};
}

PortRef port_from(const json& written) {
  return {written.at("node"), written.at("port"), written.at("loop"), written.at("previous"),
          place_from(written.at("place"))};
}

json to(const Stage& stage);
json to(const Loop& loop);

json to(const Cell& cell) {
  json written = json::array();
  for (const auto& [name, value] : cell) written.push_back({{"name", name}, {"value", value_to_json(value)}});
  return written;
}

Cell cell_from(const json& written) {
  Cell cell;
  for (const auto& axis : written) cell.emplace_back(axis.at("name"), value_from_json(axis.at("value")));
  return cell;
}

template <class T>
json to(const std::vector<T>& all) {
  json written = json::array();
  for (const auto& one : all) written.push_back(to(one));
  return written;
}

template <class T>
std::vector<T> all_from(const json& written, T (*from)(const json&)) {
  std::vector<T> all;
  for (const auto& one : written) all.push_back(from(one));
  return all;
}

template <class T>
json to(const std::map<std::string, T>& named) {
  json written = json::object();
  for (const auto& [name, one] : named) written[name] = to(one);
  return written;
}

json to(const std::map<int64_t, Values>& from_round) {
  json written = json::object();
  for (const auto& [round, values] : from_round) written[std::to_string(round)] = to(values);
  return written;
}

std::map<int64_t, Values> from_round_from(const json& written) {
  std::map<int64_t, Values> rounds;
  for (const auto& [round, values] : written.items()) rounds[std::stoll(round)] = values_from(values);
  return rounds;
}

json to(const Stage& stage) {
  return {{"name", stage.name},         {"uses", stage.uses},       {"loop", stage.loop},
          {"observer", stage.observer}, {"fresh", stage.fresh},     {"starts_at_zero", stage.starts_at_zero},
          {"in", to(stage.inputs)},     {"with", to(stage.params)}, {"from_round", to(stage.from_round)},
          {"place", to(stage.place)}};
}

Stage stage_from(const json& written) {
  Stage stage;
  stage.name = written.at("name");
  stage.uses = written.at("uses");
  stage.loop = written.at("loop");
  stage.observer = written.at("observer");
  stage.fresh = written.at("fresh");
  stage.starts_at_zero = written.at("starts_at_zero");
  for (const auto& [port, refs] : written.at("in").items()) stage.inputs[port] = all_from(refs, port_from);
  stage.params = values_from(written.at("with"));
  stage.from_round = from_round_from(written.at("from_round"));
  stage.place = place_from(written.at("place"));
  return stage;
}

json to(const Loop& loop) {
  json written = {{"name", loop.name},      {"carry", to(loop.carry)},   {"next", to(loop.next)},
                  {"rounds", loop.rounds},  {"stages", to(loop.stages)}, {"observe", to(loop.observers)},
                  {"place", to(loop.place)}};
  if (loop.until_changed_bits) written["until"] = {{"changed_bits", *loop.until_changed_bits}};
  return written;
}

std::map<std::string, PortRef> ports_from(const json& written) {
  std::map<std::string, PortRef> ports;
  for (const auto& [name, port] : written.items()) ports[name] = port_from(port);
  return ports;
}

Loop loop_from(const json& written) {
  Loop loop;
  loop.name = written.at("name");
  loop.carry = ports_from(written.at("carry"));
  loop.next = ports_from(written.at("next"));
  loop.rounds = written.at("rounds");
  if (written.contains("until")) loop.until_changed_bits = written.at("until").at("changed_bits").get<double>();
  loop.stages = all_from(written.at("stages"), stage_from);
  loop.observers = all_from(written.at("observe"), stage_from);
  loop.place = place_from(written.at("place"));
  return loop;
}

}  // namespace

nlohmann::json to_json(const Workflow& workflow) {
  json written = {{"name", workflow.name},       {"file", workflow.file.string()},  {"seed", workflow.seed},
                  {"device", workflow.device},   {"precision", workflow.precision}, {"threads", workflow.threads},
                  {"profile", workflow.profile}, {"vars", to(workflow.vars)},       {"stages", to(workflow.stages)},
                  {"loops", to(workflow.loops)}};
  if (workflow.encoder) written["encoder"] = to(*workflow.encoder);
  for (const auto& file : workflow.used_files) written["used_files"].push_back(file.string());
  if (!workflow.cell.empty()) written["cell"] = to(workflow.cell);
  if (!workflow.cells.empty()) written["cells"] = to(workflow.cells);
  return written;
}

Workflow from_json(const nlohmann::json& written) {
  Workflow workflow;
  workflow.name = written.at("name");
  workflow.file = written.at("file").get<std::string>();
  workflow.seed = written.at("seed");
  workflow.device = written.at("device");
  workflow.precision = written.at("precision");
  workflow.threads = written.at("threads");
  workflow.profile = written.at("profile");
  workflow.vars = values_from(written.at("vars"));
  workflow.stages = all_from(written.at("stages"), stage_from);
  workflow.loops = all_from(written.at("loops"), loop_from);
  if (written.contains("encoder")) workflow.encoder = port_from(written.at("encoder"));
  for (const auto& file : written.value("used_files", json::array()))
    workflow.used_files.emplace_back(file.get<std::string>());
  if (written.contains("cell")) workflow.cell = cell_from(written.at("cell"));
  if (written.contains("cells")) workflow.cells = all_from(written.at("cells"), cell_from);
  return workflow;
}

}  // namespace hashloom::workflow
