#include <cmath>
#include <plugins/describe.hpp>

namespace hashloom::plugins {
namespace {

using nlohmann::json;

json or_null(const std::string& text) { return text.empty() ? json() : json(text); }
json or_null(double bound) { return std::isfinite(bound) ? json(bound) : json(); }

json described(const ParamSpec& parameter) {
  return {{"name", parameter.name},
          {"type", type_name(parameter.fallback)},
          {"default", std::visit([](const auto& value) { return json(value); }, parameter.fallback)},
          {"default_text", to_text(parameter.fallback)},
          {"minimum", or_null(parameter.bounds.low)},
          {"maximum", or_null(parameter.bounds.high)},
          {"choices", parameter.bounds.choices},
          {"unit", or_null(parameter.unit)},
          {"help", parameter.help},
          {"tunable", parameter.tunable}};
}

json described(const PortSpec& port) {
  static constexpr const char* kNeeds[] = {"required", "optional", "repeated"};
  return {{"name", port.name}, {"type", port.type}, {"need", kNeeds[static_cast<int>(port.need)]}, {"help", port.help}};
}

template <class T>
json described(const std::vector<T>& all) {
  auto list = json::array();
  for (const auto& one : all) list.push_back(described(one));
  return list;
}

}  // namespace

json describe(const ComponentInfo& component) {
  const auto& schema = component.schema;
  return {{"component", component.id},
          {"plugin", component.plugin},
          {"version", component.plugin_version},
          {"library", component.library.string()},
          {"build_id", component.build_id},
          {"help", schema.help()},
          {"parameters", described(schema.params())},
          {"inputs", described(schema.inputs())},
          {"outputs", described(schema.outputs())},
          {"not_deterministic", or_null(schema.why_not_deterministic())}};
}

}  // namespace hashloom::plugins
