#include <fmt/format.h>

#include <workflow/bind_stage.hpp>
#include <workflow/ports.hpp>

namespace hashloom::workflow {
namespace {

std::vector<std::string> names_of(const auto& named) {
  std::vector<std::string> names;
  for (const auto& [name, value] : named) names.push_back(name);
  return names;
}

std::vector<std::string> outputs_of(const plugins::ComponentInfo& component) {
  std::vector<std::string> names;
  for (const auto& port : component.schema.outputs()) names.push_back(port.name);
  return names;
}

std::string carried_by(const Loop& loop) {
  std::string all;
  for (const auto& [name, ref] : loop.carry) all += (all.empty() ? "" : ", ") + loop.name + "." + name;
  return all.empty() ? "none" : all;
}

}  // namespace

Ports::Ports(const Bound& bound) : bound_(bound) {
  const auto add = [&](const std::vector<Stage>& stages) {
    for (const auto& stage : stages) stages_[stage.name] = &stage;
  };
  add(bound.workflow.stages);
  for (const auto& loop : bound.workflow.loops) {
    loops_[loop.name] = &loop;
    add(loop.stages);
    add(loop.observers);
  }
  names_ = names_of(stages_);
  for (const auto& [name, loop] : loops_) names_.push_back(name);
}

const Stage* Ports::stage(const std::string& name) const {
  const auto at = stages_.find(name);
  return at == stages_.end() ? nullptr : at->second;
}

const Loop* Ports::loop(const std::string& name) const {
  const auto at = loops_.find(name);
  return at == loops_.end() ? nullptr : at->second;
}

std::optional<std::string> Ports::resolve(PortRef& ref, const Reader& reader, Diagnostics& mistakes) const {
  ref.is_loop = loop(ref.node) != nullptr;
  if (!ref.is_loop && !stage(ref.node)) {
    mistakes.add_misspelt(source_of(ref), fmt::format("{}: there is no stage {}", reader.who, quote(ref.node)),
                          ref.node, names_, "stages");
    return {};
  }
  const bool can_read = ref.is_loop ? can_read_loop(ref, reader, mistakes) : can_read_stage(ref, reader, mistakes);
  return can_read ? type(ref) : std::nullopt;
}

bool Ports::can_read_loop(const PortRef& ref, const Reader& reader, Diagnostics& mistakes) const {
  const Loop& loop = *this->loop(ref.node);
  if (ref.previous && (reader.part != Reader::Part::observe || reader.loop != loop.name)) {
    mistakes.add(source_of(ref), fmt::format("{}: '{}' can't be read here", reader.who, to_text(ref)),
                 fmt::format("'previous' is for what observes the loop '{}'", loop.name));
    return false;
  }
  if (!loop.carry.contains(ref.port)) {
    mistakes.add_misspelt(source_of(ref),
                          fmt::format("{}: the loop '{}' carries no {}", reader.who, loop.name, quote(ref.port)),
                          ref.port, names_of(loop.carry), "it carries");
    return false;
  }
  return true;
}

bool Ports::can_read_stage(const PortRef& ref, const Reader& reader, Diagnostics& mistakes) const {
  const Stage& read = *stage(ref.node);
  if (ref.previous) {
    mistakes.add(source_of(ref), fmt::format("{}: '{}' is no loop", reader.who, ref.node),
                 "only loops have 'previous'");
    return false;
  }
  if (!read.loop.empty() && read.loop != reader.loop) {
    mistakes.add(source_of(ref), fmt::format("{}: '{}' lies in the loop '{}'", reader.who, ref.node, read.loop),
                 fmt::format("outside a loop only what it carries can be read: {}", carried_by(*loop(read.loop))));
    return false;
  }
  const auto* component = bound_.components.at(ref.node);
  if (!component) return true;
  if (role_of(component->id) == "evaluator") {
    mistakes.add(source_of(ref), fmt::format("{}: '{}' is an evaluator", reader.who, ref.node),
                 "nothing reads what evaluators find");
    return false;
  }
  if (!component->schema.find_output(ref.port)) {
    mistakes.add_misspelt(source_of(ref), fmt::format("{}: '{}' gives no {}", reader.who, ref.node, quote(ref.port)),
                          ref.port, outputs_of(*component), "it gives");
    return false;
  }
  return true;
}

std::optional<std::string> Ports::type(const PortRef& ref) const {
  std::set<std::string> seen;
  return type(ref, seen);
}

// A carried name has the type of its first value, which may be another loop's carried name; `seen` ends cycles.
std::optional<std::string> Ports::type(const PortRef& ref, std::set<std::string>& seen) const {
  if (const Loop* loop = this->loop(ref.node)) {
    const auto first = loop->carry.find(ref.port);
    if (first == loop->carry.end() || !seen.insert(ref.node + "." + ref.port).second) return {};
    return type(first->second, seen);
  }
  const auto at = bound_.components.find(ref.node);
  if (at == bound_.components.end() || !at->second) return {};
  const auto* port = at->second->schema.find_output(ref.port);
  return port ? std::optional(port->type) : std::nullopt;
}

std::string to_text(const PortRef& ref) { return ref.node + (ref.previous ? ".previous." : ".") + ref.port; }

Source source_of(const PortRef& ref) { return {ref.place, static_cast<int>(to_text(ref).size()), {}}; }

}  // namespace hashloom::workflow
