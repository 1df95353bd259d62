#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <workflow/fields.hpp>
#include <workflow/scalar.hpp>
#include <workflow/spec.hpp>

namespace hashloom::workflow {
namespace {

std::string range(const Bounds& bounds) {
  const bool low = std::isfinite(bounds.low), high = std::isfinite(bounds.high);
  if (low && high) return fmt::format(", from {} to {}", bounds.low, bounds.high);
  if (low) return fmt::format(", at least {}", bounds.low);
  if (high) return fmt::format(", at most {}", bounds.high);
  return {};
}

/// "bits: code length; an integer, from 1 to 4096; default 32"
std::string summary(const ParamSpec& spec) {
  std::string choices;
  for (const auto& choice : spec.bounds.choices) choices += (choices.empty() ? ", one of " : ", ") + choice;
  const auto unit = spec.unit.empty() ? "" : fmt::format(" in {}", spec.unit);
  const auto help = spec.help.empty() ? "" : spec.help + "; ";
  return fmt::format("{}: {}{}{}{}{}; default {}", spec.name, help, wanted(spec.fallback), unit, choices,
                     range(spec.bounds), to_text(spec.fallback));
}

const std::vector<ParamValue>& types() {
  static const std::vector<ParamValue> all{false,
                                           int64_t{},
                                           double{},
                                           std::string{},
                                           std::vector<int64_t>{},
                                           std::vector<double>{},
                                           std::vector<std::string>{}};
  return all;
}

/// Reads what a var says of itself.
class SpecReader {
 public:
  SpecReader(const Entry& var, Diagnostics& mistakes)
      : node_(var.value), who_(fmt::format("var '{}': ", var.key)), mistakes_(mistakes) {
    spec_.name = var.key;
  }

  std::optional<ParamSpec> read() {
    check_keys(node_, who_, {"value", "type", "between", "choices", "help"}, mistakes_);
    const Node& value = *node_.find("value");
    if (!read_type(value)) return {};
    if (const Node* help = node_.find("help")) spec_.help = help->text;
    if (const Node* between = node_.find("between")) read_between(*between);
    if (const Node* choices = node_.find("choices")) read_choices(*choices);
    checked_value(value, spec_, fmt::format("var '{}'", spec_.name), mistakes_);
    return spec_;
  }

 private:
  /// The type that is named, else that of the value.
  bool read_type(const Node& value) {
    spec_.fallback = *natural(value);
    const Node* named = node_.find("type");
    if (!named) return true;
    const auto type = std::ranges::find(types(), named->text, type_name);
    if (type == types().end()) {
      std::vector<std::string> names;
      for (const auto& known : types()) names.push_back(type_name(known));
      mistakes_.add_misspelt(named->source, fmt::format("{}there is no type {}", who_, quote(named->text)), named->text,
                             names, "types");
      return false;
    }
    if (const auto typed = as_type_of(*type, value)) {
      spec_.fallback = *typed;
      return true;
    }
    mistakes_.add(value.source, fmt::format("{}the value is {}, not {}", who_, describe(value), wanted(*type)),
                  "change 'value' or 'type'");
    return false;
  }

  bool is_numeric() const {
    const auto type = type_name(spec_.fallback);
    return type.find("integer") != type.npos || type.find("number") != type.npos;
  }

  void read_between(const Node& between) {
    const auto low = between.items.size() == 2 ? as_number(between.items[0]) : std::nullopt;
    const auto high = between.items.size() == 2 ? as_number(between.items[1]) : std::nullopt;
    if (is_numeric() && low && high && *low <= *high)
      spec_.bounds.low = *low, spec_.bounds.high = *high;
    else
      mistakes_.add(between.source, who_ + "'between' takes the least and the largest number",
                    is_numeric() ? "write between: [1, 4096]" : "it is for integers and numbers; for texts: choices");
  }

  void read_choices(const Node& choices) {
    const auto is_scalar = [](const Node& item) { return item.kind == Node::Kind::scalar; };
    if (choices.items.empty() || !std::ranges::all_of(choices.items, is_scalar))
      return mistakes_.add(choices.source, who_ + "'choices' takes a list of values", "write choices: [16, 32, 64]");
    for (const auto& choice : choices.items) spec_.bounds.choices.push_back(choice.text);
  }

  const Node& node_;
  std::string who_;
  Diagnostics& mistakes_;
  ParamSpec spec_;
};

}  // namespace

std::optional<ParamValue> checked_value(const Node& node, const ParamSpec& spec, const std::string& who,
                                        Diagnostics& mistakes) {
  if (is_unknown(node)) return {};
  const auto typed = as_type_of(spec.fallback, node);
  const auto why = typed ? spec.objection(*typed) : std::nullopt;
  if (!typed)
    mistakes.add(node.source, fmt::format("{} takes {}, not {}", who, wanted(spec.fallback), describe(node)),
                 summary(spec));
  else if (why)
    mistakes.add(node.source, fmt::format("{}: {}", who, *why), summary(spec));
  return typed;
}

bool fits(const Node& node, const ParamSpec& spec) {
  const auto typed = as_type_of(spec.fallback, node);
  return typed && !spec.objection(*typed);
}

std::optional<ParamSpec> read_spec(const Entry& var, Diagnostics& mistakes) { return SpecReader(var, mistakes).read(); }

}  // namespace hashloom::workflow
