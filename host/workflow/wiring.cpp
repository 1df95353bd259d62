#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <graph/graph.hpp>
#include <workflow/bind_stage.hpp>
#include <workflow/expand.hpp>
#include <workflow/wiring.hpp>

namespace hashloom::workflow {
namespace {

const char* const kLabelsNote = "labels go to evaluators only; nothing that trains may see them";

class TypeChecker {
 public:
  TypeChecker(Bound& bound, Diagnostics& mistakes) : bound_(bound), ports_(bound), mistakes_(mistakes) {}

  void check(std::vector<Stage>& stages) {
    for (auto& stage : stages) check(stage);
  }

  void check(Stage& stage) {
    for (auto& [name, refs] : stage.inputs)
      for (auto& ref : refs)
        check(stage, name, ref, {fmt::format("stage '{}': input '{}'", stage.name, name), stage.loop, part_of(stage)});
  }

  /// What a sub-workflow gives has the type that it has; it only has to be there.
  void check_outputs(const Use& use) {
    for (auto [name, ref] : use.outputs)
      ports_.resolve(ref,
                     {fmt::format("stage '{}': output '{}'", use.stage.name, name), use.stage.loop, part_of(use.stage)},
                     mistakes_);
  }

 private:
  static Reader::Part part_of(const Stage& stage) {
    if (stage.loop.empty()) return Reader::Part::outside;
    return stage.observer ? Reader::Part::observe : Reader::Part::stages;
  }

  void check(const Stage& stage, const std::string& input, PortRef& ref, const Reader& reader) {
    const auto written = ref;
    const auto given = ports_.resolve(ref, reader, mistakes_);
    const auto* component = bound_.components.at(stage.name);
    if (!given || !component) return;
    const bool may_see_labels = role_of(stage.uses) == "evaluator" || is_file(stage.uses);
    const bool labels = *given == port::kLabels;
    const auto& wanted = component->schema.find_input(input)->type;
    if (wanted.empty() || (*given == wanted && (may_see_labels || !labels))) return;
    mistakes_.add(source_of(written),
                  fmt::format("{} takes {}, '{}' gives {}", reader.who, wanted, to_text(written), *given),
                  labels && !may_see_labels ? kLabelsNote : giving(wanted, written.node));
  }

  /// A note on what would fit.
  std::string giving(const std::string& type, const std::string& node) const {
    const auto fitting = ports_.giving(type, node);
    return fitting.empty() ? fmt::format("no stage outside of loops gives {}", type)
                           : fmt::format("these give {}: {}", type, fmt::join(fitting, ", "));
  }

  Bound& bound_;
  Ports ports_;
  Diagnostics& mistakes_;
};

bool starts_at_zero(const Stage& observer) {
  return std::all_of(observer.inputs.begin(), observer.inputs.end(), [&](const auto& input) {
    return std::none_of(input.second.begin(), input.second.end(), [&](const PortRef& ref) { return ref.previous; });
  });
}

/// Whether the stage reads one of `stages`.
bool reads(const Stage& stage, const std::set<std::string>& stages) {
  for (const auto& [name, refs] : stage.inputs)
    for (const auto& ref : refs)
      if (stages.contains(ref.node)) return true;
  return false;
}

std::set<std::string> names_of(const std::vector<Stage>& stages) {
  std::set<std::string> names;
  for (const auto& stage : stages) names.insert(stage.name);
  return names;
}

class LoopChecker {
 public:
  LoopChecker(Loop& loop, const Ports& ports, Diagnostics& mistakes)
      : loop_(loop), ports_(ports), mistakes_(mistakes), place_{loop.place, static_cast<int>(loop.name.size()), {}} {}

  void check() {
    if (loop_.carry.empty())
      tell("nothing is carried", fmt::format("add carry: {{codes: STAGE.codes}}, then read {}.codes", loop_.name));
    if (loop_.stages.empty()) tell("there are no stages in it", "add stages:");
    for (auto& [name, ref] : loop_.carry) check_carry(name, ref);
    for (auto& [name, ref] : loop_.next) check_next(name, ref);
    if (loop_.until_changed_bits && !carries_codes())
      tell("'until' counts changed bits, but no codes are carried", "remove 'until', or carry codes");
  }

 private:
  void tell(const std::string& what, const std::string& note) {
    mistakes_.add(place_, fmt::format("loop '{}': {}", loop_.name, what), note);
  }

  std::string who(const std::string& part, const std::string& name) const {
    return fmt::format("loop '{}': {} '{}'", loop_.name, part, name);
  }

  void check_carry(const std::string& name, PortRef& ref) {
    const auto written = ref;
    const auto type = ports_.resolve(ref, {who("carry", name), {}, Reader::Part::outside}, mistakes_);
    if (type == port::kLabels)
      mistakes_.add(source_of(written), fmt::format("{} can't be labels", who("carry", name)), kLabelsNote);
    else if (type && *type != port::kCodes && *type != port::kFeatures)
      mistakes_.add(source_of(written), fmt::format("{} can't be {}", who("carry", name), *type),
                    "loops carry codes and features; what a loop's stages learn is kept from round to round anyway");
    if (!loop_.next.contains(name))
      mistakes_.add(source_of(written), fmt::format("{} has no next", who("carry", name)),
                    fmt::format("add next: {{{}: STAGE.PORT}}, what replaces it at the end of a round", name));
  }

  void check_next(const std::string& name, PortRef& ref) {
    const auto written = ref;
    const auto type = ports_.resolve(ref, {who("next", name), loop_.name, Reader::Part::stages}, mistakes_);
    const auto carried = loop_.carry.find(name);
    if (carried == loop_.carry.end())
      return mistakes_.add(source_of(written), fmt::format("{} is not carried", who("next", name)),
                           fmt::format("add carry: {{{}: STAGE.PORT}}, its first value", name));
    const Stage* stage = ports_.stage(ref.node);
    if (ref.is_loop || (stage && stage->loop.empty()))
      return mistakes_.add(source_of(written),
                           fmt::format("{}: '{}' is no stage of the loop", who("next", name), local_name(written.node)),
                           "it would be the same after every round; name an output of a stage of the loop");
    const auto first = ports_.type(carried->second);
    if (type && first && *type != *first)
      mistakes_.add(source_of(written),
                    fmt::format("{} takes {}, '{}' gives {}", who("next", name), *first, to_text(written), *type),
                    fmt::format("its first value, '{}', is {}", to_text(carried->second), *first));
  }

  /// True also where a type is not known, which is told elsewhere.
  bool carries_codes() const {
    return std::any_of(loop_.carry.begin(), loop_.carry.end(), [&](const auto& carried) {
      return ports_.type(carried.second).value_or(port::kCodes) == port::kCodes;
    });
  }

  Loop& loop_;
  const Ports& ports_;
  Diagnostics& mistakes_;
  Source place_;
};

std::optional<PortRef> last_carried_codes(const Workflow& workflow, const Ports& ports) {
  for (auto loop = workflow.loops.rbegin(); loop != workflow.loops.rend(); ++loop)
    for (const auto& [name, ref] : loop->carry)
      if (ports.type(ref) == port::kCodes) return PortRef{loop->name, name, true, false, ref.place};
  return {};
}

std::optional<PortRef> last_hasher(const Bound& bound) {
  const auto& stages = bound.workflow.stages;
  for (auto stage = stages.rbegin(); stage != stages.rend(); ++stage)
    if (const auto* component = bound.components.at(stage->name))
      for (const auto& port : component->schema.outputs())
        if (port.type == port::kCodes) return PortRef{stage->name, port.name, false, false, stage->place};
  return {};
}

}  // namespace

void check_types(Bound& bound, Diagnostics& mistakes) {
  TypeChecker checker(bound, mistakes);
  for (auto use : bound.uses) checker.check(use.stage), checker.check_outputs(use);
  checker.check(bound.workflow.stages);
  for (auto& loop : bound.workflow.loops) {
    checker.check(loop.stages);
    checker.check(loop.observers);
    const auto inner = names_of(loop.stages);
    for (auto& observer : loop.observers) observer.starts_at_zero = starts_at_zero(observer) && !reads(observer, inner);
  }
}

void check_loops(Bound& bound, Diagnostics& mistakes) {
  const Ports ports(bound);
  for (auto& loop : bound.workflow.loops) LoopChecker(loop, ports, mistakes).check();
}

void choose_encoder(Bound& bound, Diagnostics& mistakes) {
  const Ports ports(bound);
  auto& encoder = bound.workflow.encoder;
  if (!bound.encoder) {
    encoder = last_carried_codes(bound.workflow, ports);
    if (!encoder) encoder = last_hasher(bound);
    return;
  }
  encoder = bound.encoder;
  const auto written = *encoder;
  const auto type = ports.resolve(*encoder, {"encoder", {}, Reader::Part::outside}, mistakes);
  if (type && *type != port::kCodes)
    mistakes.add(source_of(written), fmt::format("encoder takes codes, '{}' gives {}", to_text(written), *type),
                 "name what maps images to codes");
}

void check_cycles(const Workflow& workflow, Diagnostics& mistakes) {
  const auto names = graph::cycle(workflow);
  if (names.empty()) return;
  Source where{{}, static_cast<int>(names.front().size()), {}};
  const auto look = [&](const auto& nodes) {
    for (const auto& node : nodes)
      if (node.name == names.front()) where.place = node.place;
  };
  look(workflow.stages);
  look(workflow.loops);
  for (const auto& loop : workflow.loops) look(loop.stages);
  mistakes.add(where, fmt::format("a cycle: {}", fmt::join(names, " -> ")),
               "only 'next' of a loop goes back, from a round to the one after it");
}

}  // namespace hashloom::workflow
