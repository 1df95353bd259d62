#include <fmt/format.h>

#include <cmath>
#include <validate/exercise.hpp>

namespace hashloom::validate {
namespace {

/// Both ends of what a parameter takes, and values that a user might write where it takes anything.
std::vector<ParamValue> extremes_of(const ParamSpec& parameter) {
  const auto& bounds = parameter.bounds;
  std::vector<ParamValue> all;
  if (std::holds_alternative<bool>(parameter.fallback)) all = {true, false};
  if (std::holds_alternative<int64_t>(parameter.fallback)) {
    all.emplace_back(static_cast<int64_t>(std::isfinite(bounds.low) ? std::ceil(bounds.low) : -1e15));
    all.emplace_back(static_cast<int64_t>(std::isfinite(bounds.high) ? std::floor(bounds.high) : 1e15));
  }
  if (std::holds_alternative<double>(parameter.fallback)) {
    all.emplace_back(std::isfinite(bounds.low) ? bounds.low : -1e300);
    all.emplace_back(std::isfinite(bounds.high) ? bounds.high : 1e300);
  }
  if (std::holds_alternative<std::string>(parameter.fallback)) {
    for (const auto& choice : bounds.choices) all.emplace_back(choice);
    if (bounds.choices.empty()) all.emplace_back(std::string("/nowhere/to be found"));
  }
  if (std::holds_alternative<std::vector<int64_t>>(parameter.fallback)) all.emplace_back(std::vector<int64_t>{});
  if (std::holds_alternative<std::vector<double>>(parameter.fallback)) all.emplace_back(std::vector<double>{});
  if (std::holds_alternative<std::vector<std::string>>(parameter.fallback))
    all.emplace_back(std::vector<std::string>{});
  return all;
}

/// Why the component can't be made with these values, unless it refuses them rightly.
std::optional<std::string> failure(const plugins::ComponentInfo& component,
                                   const std::map<std::string, ParamValue>& values) {
  try {
    component.make(Params(values));
  } catch (const ParameterError&) {
  } catch (const DataError&) {
  } catch (const std::exception& error) {
    return error.what();
  }
  return {};
}

}  // namespace

std::optional<Finding> check_parameters(const plugins::ComponentInfo& component) {
  const auto defaults = quick_parameters(component.schema).values();
  if (const auto why = failure(component, defaults))
    return Finding{fmt::format("it can't be made with its defaults: {}", *why),
                   "read only parameters that schema() has, by their types"};
  for (const auto& parameter : component.schema.params())
    for (const auto& value : extremes_of(parameter)) {
      auto values = defaults;
      values[parameter.name] = value;
      if (const auto why = failure(component, values))
        return Finding{fmt::format("it can't be made with {}: {}, which its schema allows: {}", parameter.name,
                                   to_text(value), *why),
                       "set closer bounds in schema(), or throw ParameterError with what would be right"};
    }
  return {};
}

}  // namespace hashloom::validate
