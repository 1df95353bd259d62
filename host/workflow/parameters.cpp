#include <fmt/format.h>

#include <cmath>
#include <workflow/fields.hpp>
#include <workflow/parameters.hpp>
#include <workflow/scalar.hpp>

namespace hashloom::workflow {
namespace {

std::string range(const Bounds& bounds) {
  const bool low = std::isfinite(bounds.low), high = std::isfinite(bounds.high);
  if (low && high) return fmt::format(", from {} to {}", bounds.low, bounds.high);
  if (low) return fmt::format(", at least {}", bounds.low);
  if (high) return fmt::format(", at most {}", bounds.high);
  return {};
}

/// "bits is the code length: an integer, from 1 to 4096, default 32"
std::string summary(const ParamSpec& spec) {
  std::string choices;
  for (const auto& choice : spec.bounds.choices) choices += (choices.empty() ? ", one of " : ", ") + choice;
  const auto unit = spec.unit.empty() ? "" : fmt::format(" in {}", spec.unit);
  return fmt::format("{}: {}; {}{}{}{}; default {}", spec.name, spec.help, wanted(spec.fallback), unit, choices,
                     range(spec.bounds), to_text(spec.fallback));
}

class Binder {
 public:
  Binder(const Stage& stage, const plugins::ComponentInfo& component, Diagnostics& mistakes)
      : stage_(stage), component_(component), mistakes_(mistakes) {
    for (const auto& spec : component.schema.params()) names_.push_back(spec.name);
  }

  /// The values of `map`, without those that are wrong.
  Values values(const Node& map, bool rounds_allowed) const {
    Values bound;
    for (const auto& entry : map.entries) {
      if (rounds_allowed && entry.key == "rounds") continue;
      const auto* spec = component_.schema.find_param(entry.key);
      if (!spec)
        mistakes_.add_misspelt(
            entry.source,
            fmt::format("stage '{}': {} has no parameter {}", stage_.name, component_.id, quote(entry.key)), entry.key,
            names_);
      else if (const auto checked = value(entry, *spec))
        bound[entry.key] = *checked;
    }
    return bound;
  }

 private:
  std::optional<ParamValue> value(const Entry& entry, const ParamSpec& spec) const {
    if (is_unknown(entry.value)) return {};
    const auto typed = as_type_of(spec.fallback, entry.value);
    const auto who = fmt::format("stage '{}': parameter '{}'", stage_.name, spec.name);
    const auto why = typed ? spec.objection(*typed) : std::nullopt;
    if (!typed)
      mistakes_.add(entry.value.source,
                    fmt::format("{} takes {}, not {}", who, wanted(spec.fallback), describe(entry.value)),
                    summary(spec));
    else if (why)
      mistakes_.add(entry.value.source, fmt::format("{}: {}", who, *why), summary(spec));
    return typed;
  }

  const Stage& stage_;
  const plugins::ComponentInfo& component_;
  Diagnostics& mistakes_;
  std::vector<std::string> names_;
};

std::optional<int64_t> round_of(const std::string& key) {
  Node written;
  written.kind = Node::Kind::scalar;
  written.text = key;
  const auto round = as_integer(written);
  return round && *round >= 1 ? round : std::nullopt;
}

void bind_rounds(Stage& stage, const Entry& rounds, const Binder& binder, Diagnostics& mistakes) {
  const auto who = fmt::format("stage '{}': ", stage.name);
  if (stage.loop.empty())
    return mistakes.add(rounds.source, who + "'rounds' is for stages in a loop",
                        "remove it, or put the stage into a loop");
  if (!expect_map(rounds.value, who + "'rounds'", mistakes)) return;
  for (const auto& [key, source, overrides] : rounds.value.entries) {
    const auto round = round_of(key);
    if (!round)
      mistakes.add(source, fmt::format("{}{} is no round", who, quote(key)),
                   "rounds count from 1: rounds: {2: {epochs: 8}} holds from round 2 on");
    else if (expect_map(overrides, fmt::format("{}round {}", who, *round), mistakes))
      stage.from_round[*round] = binder.values(overrides, false);
  }
}

}  // namespace

void bind_parameters(Stage& stage, const Node& with, const plugins::ComponentInfo& component, Diagnostics& mistakes) {
  for (const auto& spec : component.schema.params()) stage.params[spec.name] = spec.fallback;
  if (is_unknown(with) || !expect_map(with, fmt::format("stage '{}': 'with'", stage.name), mistakes)) return;
  const Binder binder(stage, component, mistakes);
  for (auto& [name, value] : binder.values(with, true)) stage.params[name] = value;
  for (const auto& entry : with.entries)
    if (entry.key == "rounds") bind_rounds(stage, entry, binder, mistakes);
}

}  // namespace hashloom::workflow
