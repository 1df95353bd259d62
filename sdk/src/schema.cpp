#include <fmt/format.h>

#include <algorithm>
#include <hashloom/schema.hpp>
#include <stdexcept>

namespace hashloom {
namespace {

std::string one(bool value) { return value ? "true" : "false"; }
std::string one(int64_t value) { return fmt::format("{}", value); }
std::string one(double value) { return fmt::format("{}", value); }
std::string one(const std::string& value) { return value; }

template <class T>
std::string one(const std::vector<T>& values) {
  std::string text = "[";
  for (size_t i = 0; i < values.size(); ++i) text += (i ? ", " : "") + one(values[i]);
  return text + "]";
}

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const auto& text : texts) all += (all.empty() ? "" : ", ") + text;
  return all;
}

std::optional<std::string> outside(const Bounds&, bool) { return {}; }

bool is_choice(const Bounds& bounds, const std::string& value) {
  const auto& choices = bounds.choices;
  return choices.empty() || std::find(choices.begin(), choices.end(), value) != choices.end();
}

template <class T>
std::optional<std::string> outside_number(const Bounds& bounds, T value) {
  if (value != value) return "it is not a number";
  if (value < bounds.low) return fmt::format("{} is below {}", value, bounds.low);
  if (value > bounds.high) return fmt::format("{} is above {}", value, bounds.high);
  if (!is_choice(bounds, one(value))) return fmt::format("{} is none of: {}", value, joined(bounds.choices));
  return {};
}

std::optional<std::string> outside(const Bounds& bounds, double value) { return outside_number(bounds, value); }
std::optional<std::string> outside(const Bounds& bounds, int64_t value) { return outside_number(bounds, value); }

std::optional<std::string> outside(const Bounds& bounds, const std::string& value) {
  if (is_choice(bounds, value)) return {};
  return fmt::format("'{}' is none of: {}", value, joined(bounds.choices));
}

template <class T>
std::optional<std::string> outside(const Bounds& bounds, const std::vector<T>& values) {
  for (const auto& value : values)
    if (auto why = outside(bounds, value)) return why;
  return {};
}

const auto* find(const auto& specs, const std::string& name) {
  const auto at = std::find_if(specs.begin(), specs.end(), [&](const auto& spec) { return spec.name == name; });
  return at == specs.end() ? nullptr : &*at;
}

}  // namespace

std::string to_text(const ParamValue& value) {
  return std::visit([](const auto& held) { return one(held); }, value);
}

std::string type_name(const ParamValue& value) {
  static constexpr const char* kNames[] = {
      "flag", "integer", "number", "text", "list of integers", "list of numbers", "list of texts"};
  return kNames[value.index()];
}

Bounds one_of(std::vector<std::string> choices) {
  Bounds bounds;
  bounds.choices = std::move(choices);
  return bounds;
}

std::optional<std::string> ParamSpec::objection(const ParamValue& value) const {
  return std::visit([this](const auto& held) { return outside(bounds, held); }, value);
}

Schema::Schema(std::string help) : help_(std::move(help)) {}

Schema& Schema::param(std::string name, ParamValue fallback, Bounds bounds, std::string help) {
  if (find_param(name)) throw std::logic_error("schema has parameter '" + name + "' twice");
  params_.push_back({std::move(name), std::move(fallback), std::move(bounds), std::move(help), {}, false});
  return *this;
}

Schema& Schema::param(std::string name, bool fallback, Bounds bounds, std::string help) {
  return param(std::move(name), ParamValue(fallback), std::move(bounds), std::move(help));
}

Schema& Schema::param(std::string name, double fallback, Bounds bounds, std::string help) {
  return param(std::move(name), ParamValue(fallback), std::move(bounds), std::move(help));
}

Schema& Schema::param(std::string name, int fallback, Bounds bounds, std::string help) {
  return param(std::move(name), ParamValue(int64_t{fallback}), std::move(bounds), std::move(help));
}

Schema& Schema::param(std::string name, const char* fallback, Bounds bounds, std::string help) {
  return param(std::move(name), ParamValue(std::string(fallback)), std::move(bounds), std::move(help));
}

Schema& Schema::unit(std::string unit) {
  params_.at(params_.size() - 1).unit = std::move(unit);
  return *this;
}

Schema& Schema::tunable() {
  params_.at(params_.size() - 1).tunable = true;
  return *this;
}

Schema& Schema::not_deterministic(std::string why) {
  if (why.empty()) throw std::logic_error("a schema has to say why its component is not deterministic");
  why_not_deterministic_ = std::move(why);
  return *this;
}

Schema& Schema::input(std::string name, std::string type, Need need, std::string help) {
  if (find_input(name)) throw std::logic_error("schema has input '" + name + "' twice");
  inputs_.push_back({std::move(name), std::move(type), need, std::move(help)});
  return *this;
}

Schema& Schema::output(std::string name, std::string type, std::string help) {
  if (find_output(name)) throw std::logic_error("schema has output '" + name + "' twice");
  outputs_.push_back({std::move(name), std::move(type), Need::required, std::move(help)});
  return *this;
}

const ParamSpec* Schema::find_param(const std::string& name) const { return find(params_, name); }
const PortSpec* Schema::find_input(const std::string& name) const { return find(inputs_, name); }
const PortSpec* Schema::find_output(const std::string& name) const { return find(outputs_, name); }

}  // namespace hashloom
