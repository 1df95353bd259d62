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
  for (const auto& [name, ref] : loop.carry) all += (all.empty() ? "" : ", ") + local_name(loop.name) + "." + name;
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
  for (const auto& use : bound.uses) {
    Stage& inside = insides_.emplace_back();
    inside.name = use.stage.name + "/inputs";
    inside.loop = use.stage.loop;
    stages_[use.stage.name] = &use.stage;
    stages_[inside.name] = &inside;
    uses_[use.stage.name] = uses_[inside.name] = &use;
  }
}

const std::vector<std::string>& Ports::names_beside(const std::string& name) const {
  const auto prefix = prefix_of(name);
  const auto [known, is_new] = names_.try_emplace(prefix);
  auto& names = known->second;
  if (!is_new) return names;
  const auto add = [&](const auto& named) {
    for (auto at = named.lower_bound(prefix); at != named.end() && at->first.starts_with(prefix); ++at)
      if (prefix_of(at->first) == prefix) names.push_back(local_name(at->first));
  };
  add(stages_);
  add(loops_);
  return names;
}

std::vector<std::string> Ports::giving(const std::string& type, const std::string& node) const {
  constexpr size_t kMost = 10;
  std::vector<std::string> fitting;
  for (const auto& name : names_beside(node)) {
    const auto full = prefix_of(node) + name;
    const auto at = bound_.components.find(full);
    if (at == bound_.components.end() || !at->second || !stage(full)->loop.empty()) continue;
    for (const auto& port : at->second->schema.outputs())
      if (fitting.size() < kMost && this->type({full, port.name, false, false, {}}) == type)
        fitting.push_back(name + "." + port.name);
  }
  return fitting;
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
    const auto name = local_name(ref.node);
    mistakes.add_misspelt(source_of(ref), fmt::format("{}: there is no stage {}", reader.who, quote(name)), name,
                          names_beside(ref.node), "stages");
    return {};
  }
  const bool can_read = ref.is_loop ? can_read_loop(ref, reader, mistakes) : can_read_stage(ref, reader, mistakes);
  const auto known = can_read ? type(ref) : std::nullopt;
  return can_read && follow(ref, reader, mistakes) ? known : std::nullopt;
}

const PortRef* Ports::behind(const PortRef& ref) const {
  const auto at = uses_.find(ref.node);
  if (at == uses_.end()) return nullptr;
  const auto& [stage, outputs] = *at->second;
  if (ref.node == stage.name) {
    const auto output = outputs.find(ref.port);
    return output == outputs.end() ? nullptr : &output->second;
  }
  const auto input = stage.inputs.find(ref.port);
  return input == stage.inputs.end() ? nullptr : &input->second.front();
}

bool Ports::follow(PortRef& ref, const Reader& reader, Diagnostics& mistakes) const {
  std::set<std::string> seen;
  PortRef last = ref;
  for (const PortRef* next; (next = behind(last)); last = *next) {
    if (seen.insert(last.node + "." + last.port).second) continue;
    mistakes.add(source_of(ref), fmt::format("{}: '{}' is its own source", reader.who, to_text(ref)),
                 "what comes into a sub-workflow comes from a stage in the end");
    return false;
  }
  if (uses_.contains(last.node)) return false;
  last.place = ref.place;
  last.is_loop = loop(last.node) != nullptr;
  ref = last;
  return true;
}

bool Ports::can_read_loop(const PortRef& ref, const Reader& reader, Diagnostics& mistakes) const {
  const Loop& loop = *this->loop(ref.node);
  if (ref.previous && (reader.part != Reader::Part::observe || reader.loop != loop.name)) {
    mistakes.add(source_of(ref), fmt::format("{}: '{}' can't be read here", reader.who, to_text(ref)),
                 fmt::format("'previous' is for what observes the loop '{}'", local_name(loop.name)));
    return false;
  }
  if (!loop.carry.contains(ref.port)) {
    mistakes.add_misspelt(
        source_of(ref),
        fmt::format("{}: the loop '{}' carries no {}", reader.who, local_name(loop.name), quote(ref.port)), ref.port,
        names_of(loop.carry), "it carries");
    return false;
  }
  return true;
}

bool Ports::can_read_stage(const PortRef& ref, const Reader& reader, Diagnostics& mistakes) const {
  const Stage& read = *stage(ref.node);
  if (ref.previous) {
    mistakes.add(source_of(ref), fmt::format("{}: '{}' is no loop", reader.who, local_name(ref.node)),
                 "only loops have 'previous'");
    return false;
  }
  if (!read.loop.empty() && read.loop != reader.loop) {
    mistakes.add(source_of(ref),
                 fmt::format("{}: '{}' lies in the loop '{}'", reader.who, local_name(ref.node), local_name(read.loop)),
                 fmt::format("outside a loop only what it carries can be read: {}", carried_by(*loop(read.loop))));
    return false;
  }
  const auto* component = bound_.components.at(ref.node);
  if (!component) return true;
  if (role_of(component->id) == "evaluator") {
    mistakes.add(source_of(ref), fmt::format("{}: '{}' is an evaluator", reader.who, local_name(ref.node)),
                 "nothing reads what evaluators find");
    return false;
  }
  if (!component->schema.find_output(ref.port)) {
    mistakes.add_misspelt(source_of(ref),
                          fmt::format("{}: '{}' gives no {}", reader.who, local_name(ref.node), quote(ref.port)),
                          ref.port, outputs_of(*component), "it gives");
    return false;
  }
  return true;
}

std::optional<std::string> Ports::type(const PortRef& ref) const {
  std::set<std::string> seen;
  return type(ref, seen);
}

// A carried name has the type of its first value, which may be another loop's carried name; what a sub-workflow gives
// has the type of the port behind it. `seen` ends cycles.
std::optional<std::string> Ports::type(const PortRef& ref, std::set<std::string>& seen) const {
  if (const Loop* loop = this->loop(ref.node)) {
    const auto first = loop->carry.find(ref.port);
    if (first == loop->carry.end() || !seen.insert(ref.node + "." + ref.port).second) return {};
    return type(first->second, seen);
  }
  if (const auto use = uses_.find(ref.node); use != uses_.end() && use->second->stage.name == ref.node) {
    const auto* output = behind(ref);
    return output && seen.insert(ref.node + "." + ref.port).second ? type(*output, seen) : std::nullopt;
  }
  const auto at = bound_.components.find(ref.node);
  if (at == bound_.components.end() || !at->second) return {};
  const auto* port = at->second->schema.find_output(ref.port);
  return port && !port->type.empty() ? std::optional(port->type) : std::nullopt;
}

std::string local_name(const std::string& name) { return name.substr(name.rfind('/') + 1); }

std::string prefix_of(const std::string& name) { return name.substr(0, name.rfind('/') + 1); }

std::string to_text(const PortRef& ref) {
  return local_name(ref.node) + (ref.previous ? ".previous." : ".") + ref.port;
}

Source source_of(const PortRef& ref) { return {ref.place, static_cast<int>(to_text(ref).size()), {}}; }

}  // namespace hashloom::workflow
