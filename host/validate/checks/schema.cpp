#include <fmt/format.h>

#include <algorithm>
#include <regex>
#include <validate/exercise.hpp>

namespace hashloom::validate {
namespace {

using Reason = std::optional<Finding>;

bool is_snake(const std::string& name) {
  static const std::regex kSnake("[a-z][a-z0-9]*(_[a-z0-9]+)*");
  return name.size() <= 64 && std::regex_match(name, kSnake);
}

bool is_one_line(const std::string& text) { return !text.empty() && text.find('\n') == std::string::npos; }

bool is_port_type(const std::string& type) {
  return type == port::kImages || type == port::kLabels || type == port::kFeatures || type == port::kCodes ||
         type == port::kGenerator;
}

Reason about_parameter(const ParamSpec& parameter) {
  const auto finding = [&](const std::string& what, const std::string& remedy) {
    return Finding{fmt::format("parameter '{}' {}", parameter.name, what), remedy};
  };
  if (!is_snake(parameter.name)) return finding("is not in snake_case", "write it as learning_rate");
  if (!is_one_line(parameter.help)) return finding("has no help of one line", "say what it is in schema()");
  if (const auto why = parameter.objection(parameter.fallback))
    return finding(fmt::format("has a default that it does not take: {}", *why), "mend the default or the bounds");
  if (parameter.bounds.low > parameter.bounds.high)
    return finding(fmt::format("has no value between {} and {}", parameter.bounds.low, parameter.bounds.high),
                   "give between() the lower bound first");
  return {};
}

Reason about_port(const PortSpec& port) {
  const auto finding = [&](const std::string& what, const std::string& remedy) {
    return Finding{fmt::format("port '{}' {}", port.name, what), remedy};
  };
  if (!is_snake(port.name)) return finding("is not in snake_case", "write it as hard_codes");
  if (!is_port_type(port.type))
    return finding(fmt::format("has the type '{}'", port.type), "take one of hashloom::port");
  if (!is_one_line(port.help)) return finding("has no help of one line", "say what it is in schema()");
  return {};
}

/// Parameters that are marked as tunable are of use only where tune() takes them.
Reason about_tuning(const plugins::ComponentInfo& component) {
  const auto& all = component.schema.params();
  if (std::ranges::none_of(all, &ParamSpec::tunable)) return {};
  const auto instance = made(component);
  ToyContext run(1);
  learn(component, instance, run);
  try {
    instance.component->tune(quick_parameters(component.schema));
  } catch (const std::exception& error) {
    return Finding{fmt::format("it has tunable parameters, and tune() fails: {}", error.what()),
                   "override tune() and take the new values there"};
  }
  return {};
}

template <class Spec>
Reason first(const std::vector<Spec>& all, Reason (*about)(const Spec&)) {
  for (const auto& one : all)
    if (auto found = about(one)) return found;
  return {};
}

}  // namespace

std::optional<Finding> check_schema(const plugins::ComponentInfo& component) {
  const auto& schema = component.schema;
  if (!is_one_line(schema.help())) return Finding{"it has no help of one line", "give Schema(...) what it is"};
  if (auto found = first(schema.params(), about_parameter)) return found;
  if (auto found = first(schema.inputs(), about_port)) return found;
  if (auto found = first(schema.outputs(), about_port)) return found;
  return about_tuning(component);
}

}  // namespace hashloom::validate
