#include <fmt/format.h>

#include <cmath>
#include <workflow/bind_stage.hpp>
#include <workflow/json_schema.hpp>
#include <workflow/vars.hpp>

namespace hashloom::workflow {
namespace {

using nlohmann::json;
using plugins::ComponentInfo;

/// Where a stage stands. Those of a sub-workflow may come to stand anywhere.
enum class Part { outside, loop, observe, sub_workflow };

const json kText = {{"type", "string"}};
const json kFlag = {{"type", "boolean"}};
const json kNumber = {{"type", "number"}};
const json kInteger = {{"type", "integer"}};
const json kScalar = {{"type", {"boolean", "number", "string"}}};

json ref(const std::string& definition) { return {{"$ref", "#/definitions/" + definition}}; }

json list_of(json items) { return {{"type", "array"}, {"items", std::move(items)}}; }

json any_of(json a, json b) { return {{"anyOf", {std::move(a), std::move(b)}}}; }

/// Or a text with "${name}" in it.
json or_var(json schema) { return any_of(std::move(schema), ref("substitution")); }

json closed_map(json properties, json required = json::array()) {
  json map{{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
  if (!required.empty()) map["required"] = std::move(required);
  return map;
}

json map_of(json values) {
  return {{"type", "object"}, {"propertyNames", ref("name")}, {"additionalProperties", std::move(values)}};
}

json with_help(json schema, const std::string& help) {
  schema["description"] = help;
  return schema;
}

json with_default(json schema, const json& value) {
  schema["default"] = value;
  return schema;
}

json integer_between(int64_t low, int64_t high) { return {{"type", "integer"}, {"minimum", low}, {"maximum", high}}; }

/// 1, not 1.0.
json number(double value) {
  constexpr double kExact = 1e15;
  if (value == std::floor(value) && std::abs(value) < kExact) return static_cast<int64_t>(value);
  return value;
}

json limited(json schema, const Bounds& bounds) {
  if (std::isfinite(bounds.low)) schema["minimum"] = number(bounds.low);
  if (std::isfinite(bounds.high)) schema["maximum"] = number(bounds.high);
  return schema;
}

/// One value of a parameter whose values are like `like`. Where a text is wanted every unquoted value is one.
json scalar_of(const ParamValue& like, const Bounds& bounds) {
  const auto type = type_name(like);
  if (type == "flag") return kFlag;
  if (type.find("integer") != type.npos) return limited(kInteger, bounds);
  if (type.find("number") != type.npos) return limited(kNumber, bounds);
  return bounds.choices.empty() ? kScalar : json{{"enum", bounds.choices}};
}

json schema_of(const ParamSpec& param) {
  const bool is_list = type_name(param.fallback).starts_with("list");
  const json one = or_var(scalar_of(param.fallback, param.bounds));
  json schema = is_list ? or_var(list_of(one)) : one;
  schema["description"] = param.help + (param.unit.empty() ? "" : " (" + param.unit + ")");
  schema["default"] = std::visit([](const auto& value) { return json(value); }, param.fallback);
  return schema;
}

json parameters_of(const Schema& schema, Part part) {
  json properties = json::object();
  for (const auto& param : schema.params()) properties[param.name] = schema_of(param);
  if (part == Part::outside) return closed_map(std::move(properties));
  const json overrides = closed_map(properties);
  properties["rounds"] = {{"type", "object"},
                          {"description", "parameters that change from a round on: {2: {...}}"},
                          {"propertyNames", {{"pattern", "^[1-9][0-9]*$"}}},
                          {"additionalProperties", overrides}};
  return closed_map(std::move(properties));
}

json inputs_of(const Schema& schema) {
  json properties = json::object(), required = json::array();
  for (const auto& input : schema.inputs()) {
    json value = input.need == Need::repeated ? any_of(ref("port"), list_of(ref("port"))) : ref("port");
    if (input.need != Need::repeated) value = {{"allOf", json::array({value})}};  // draft 7 reads nothing beside $ref
    properties[input.name] =
        with_help(std::move(value), input.help.empty() ? input.type : input.type + ": " + input.help);
    if (input.need != Need::optional) required.push_back(input.name);
  }
  return closed_map(std::move(properties), std::move(required));
}

/// What holds where a stage uses this component.
json rule_for(const ComponentInfo& component, Part part) {
  const json uses{{"const", component.id}, {"description", component.schema.help()}};
  const auto inputs = inputs_of(component.schema);
  json then{{"properties", {{"in", inputs}, {"with", parameters_of(component.schema, part)}}}};
  if (inputs.contains("required")) then["required"] = {"in"};
  return {{"if", {{"properties", {{"uses", uses}}}, {"required", {"uses"}}}}, {"then", std::move(then)}};
}

bool can_stand(const std::string& id, Part part) {
  const bool evaluates = role_of(id) == "evaluator";
  return part == Part::outside || part == Part::sub_workflow || evaluates == (part == Part::observe);
}

json stage(plugins::Components& components, Part part) {
  json rules = json::array(), ids = json::array();
  for (const auto& id : components.ids()) {
    if (!can_stand(id, part)) continue;
    ids.push_back(id);
    try {
      rules.push_back(rule_for(components.get(id), part));
    } catch (const plugins::PluginError&) {
      continue;  // what it takes is not known
    }
  }
  const json uses{{"description", "a component, or the file of a sub-workflow"},
                  {"anyOf", {{{"enum", ids}}, {{"type", "string"}, {"pattern", "\\.ya?ml$"}}, ref("substitution")}}};
  json properties{{"uses", uses},
                  {"in", {{"type", "object"}, {"description", "what each input reads: STAGE.PORT"}}},
                  {"with", {{"type", "object"}, {"description", "parameters"}}}};
  if (part == Part::loop || part == Part::sub_workflow)
    properties["fresh"] = with_help(kFlag, "make the stage anew each round, without the weights that it learned");
  auto schema = closed_map(std::move(properties), {"uses"});
  if (!rules.empty()) schema["allOf"] = std::move(rules);
  return schema;
}

json loop() {
  constexpr int64_t kMostRounds = 100'000;
  const json fraction = or_var({{"type", "number"}, {"minimum", 0}, {"maximum", 1}});
  const json until = closed_map({{"changed_bits", with_help(fraction, "of the training images' bits")}});
  const json settings =
      closed_map({{"carry", with_help(map_of(ref("port")), "what goes from round to round: its first value")},
                  {"next", with_help(map_of(ref("port")), "what replaces it at the end of a round")},
                  {"rounds", with_default(with_help(or_var(integer_between(1, kMostRounds)), "the most it runs"), 1)},
                  {"until", with_help(until, "stop after a round in which fewer bits changed")}},
                 {"carry", "next"});
  return closed_map(
      {{"loop", with_help(settings, "makes it a loop, and says what goes from round to round")},
       {"stages", with_help(map_of(ref("stage_of_a_loop")), "what runs each round, by name")},
       {"observe", with_help(map_of(ref("observer")), "evaluators by name, before round 1 and after every round")}},
      {"loop", "stages"});
}

json stages_like(const std::string& definition) {
  const json is_loop{{"type", "object"}, {"required", {"loop"}}};
  const json either{{"if", is_loop}, {"then", ref("loop")}, {"else", ref(definition)}};
  return {{"properties", {{"stages", map_of(either)}}}};
}

json stages() {
  const json all{{"type", "object"}, {"minProperties", 1}};
  return with_help(all, "stages and loops by name, in any order");
}

json vars() {
  json types = json::array();
  for (const char* type : {"flag", "integer", "number", "text", "list of integers", "list of numbers", "list of texts"})
    types.push_back(type);
  json between = list_of(kNumber);
  between["minItems"] = between["maxItems"] = 2;
  const json value{{"allOf", json::array({ref("value")})}};
  const json declared = closed_map({{"value", with_help(value, "what it is unless something else is said")},
                                    {"type", with_help({{"enum", types}}, "without it: that of the value")},
                                    {"between", with_help(between, "the least and the greatest number that it takes")},
                                    {"choices", with_help(list_of(kScalar), "all values that it takes")},
                                    {"help", with_help(kText, "told with a mistake")}},
                                   {"value"});
  auto all = map_of(any_of(ref("value"), declared));
  all["propertyNames"] = {{"allOf", {ref("name"), {{"not", {{"enum", kSettings}}}}}}};
  return with_help(std::move(all), "values that \"${name}\" stands for");
}

json matrix() {
  json axis = list_of(kScalar);
  axis["minItems"] = 1;
  const json cells = list_of({{"type", "object"}, {"minProperties", 1}, {"additionalProperties", kScalar}});
  return {{"type", "object"},
          {"description", "one run a cell; axes are vars or seed"},
          {"properties",
           {{"exclude", with_help(cells, "cells that are left out")},
            {"include", with_help(cells, "values that are added to cells, and cells of their own")}}},
          {"additionalProperties", axis}};
}

json top() {
  constexpr int64_t kMostThreads = 1024;
  const json device{{"type", "string"}, {"pattern", "^(auto|cpu|cuda(:[0-9]{1,3})?)$"}};
  const json port_type{{"enum", {port::kImages, port::kLabels, port::kFeatures, port::kCodes, port::kGenerator}}};
  return {
      {"name", with_help({{"type", {"string", "number"}}}, "names the run and its folder")},
      {"seed", with_default(with_help({{"type", "integer"}, {"minimum", 0}}, "everything random follows from it"), 0)},
      {"device", with_default(with_help(device, "auto, cpu, cuda (the first) or cuda:N"), "auto")},
      {"precision",
       with_default(with_help({{"enum", {"auto", "float32", "bf16"}}}, "what networks compute with"), "auto")},
      {"threads",
       with_default(with_help(integer_between(0, kMostThreads), "of each stage; 0: as many as the machine has cores"),
                    0)},
      {"vars", vars()},
      {"profiles", with_help(map_of(map_of(ref("value"))), "values of vars; --profile NAME takes one")},
      {"stages", stages()},
      {"encoder", {{"allOf", json::array({ref("port")})}, {"description", "the codes that encode foreign pictures"}}},
      {"matrix", matrix()},
      {"inputs", with_help(map_of(port_type), "of a sub-workflow: what flows into it, by name")},
      {"outputs", with_help(map_of(ref("port")), "of a sub-workflow: its ports that can be read")}};
}

}  // namespace

json json_schema(plugins::Components& components) {
  auto schema = closed_map(top(), {"stages"});
  schema["$schema"] = "http://json-schema.org/draft-07/schema#";
  schema["title"] = "Hashloom workflow";
  schema["if"] = {{"required", {"inputs"}}};
  schema["then"] = stages_like("stage_of_a_sub_workflow");
  schema["else"] = stages_like("stage");
  schema["definitions"] = {{"name", {{"type", "string"}, {"pattern", "^[A-Za-z][A-Za-z0-9_-]{0,99}$"}}},
                           {"port", {{"type", "string"}, {"pattern", "^[^./]+(\\.previous)?\\.[^./]+$"}}},
                           {"substitution", {{"type", "string"}, {"pattern", "\\$\\{[^}]+\\}"}}},
                           {"value", any_of(kScalar, list_of(kScalar))},
                           {"loop", loop()},
                           {"stage", stage(components, Part::outside)},
                           {"stage_of_a_loop", stage(components, Part::loop)},
                           {"stage_of_a_sub_workflow", stage(components, Part::sub_workflow)},
                           {"observer", stage(components, Part::observe)}};
  return schema;
}

}  // namespace hashloom::workflow
