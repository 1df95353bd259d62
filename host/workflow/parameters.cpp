#include <fmt/format.h>

#include <workflow/fields.hpp>
#include <workflow/parameters.hpp>
#include <workflow/scalar.hpp>
#include <workflow/spec.hpp>

namespace hashloom::workflow {
namespace {

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
      else if (const auto checked = checked_value(
                   entry.value, *spec, fmt::format("stage '{}': parameter '{}'", stage_.name, spec->name), mistakes_))
        bound[entry.key] = *checked;
    }
    return bound;
  }

 private:
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
