#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <plugins/alternatives.hpp>
#include <set>
#include <workflow/bind_stage.hpp>
#include <workflow/expand.hpp>
#include <workflow/fields.hpp>
#include <workflow/parameters.hpp>
#include <workflow/scalar.hpp>

namespace hashloom::workflow {
namespace {

const plugins::ComponentInfo* open(const Stage& stage, const Source& source, plugins::Components& components,
                                   Diagnostics& mistakes) {
  const auto who = fmt::format("stage '{}': ", stage.name);
  const auto ids = components.ids();
  if (std::find(ids.begin(), ids.end(), stage.uses) == ids.end()) {
    mistakes.add_misspelt(source, fmt::format("{}there is no component {}", who, quote(stage.uses)), stage.uses, ids,
                          "installed");
    return nullptr;
  }
  try {
    return &components.get(stage.uses);
  } catch (const plugins::PluginError& error) {
    mistakes.add(source, who + error.what(), error.remedy());
    return nullptr;
  }
}

void check_part(const Stage& stage, const Source& source, Diagnostics& mistakes) {
  const bool evaluates = role_of(stage.uses) == "evaluator";
  if (stage.observer && !evaluates)
    mistakes.add(source, fmt::format("stage '{}': {} can't observe", stage.name, stage.uses),
                 "only evaluators stand under 'observe'; others stand under 'stages'");
  if (!stage.loop.empty() && !stage.observer && evaluates)
    mistakes.add(source, fmt::format("stage '{}': {} can't stand among the stages of a loop", stage.name, stage.uses),
                 "put it under 'observe'");
}

std::vector<PortRef> refs_of(const Node& node, const std::string& who, bool repeated, const std::string& prefix,
                             Diagnostics& mistakes) {
  const bool is_list = node.kind == Node::Kind::list;
  if (is_list && !repeated) {
    mistakes.add(node.source, who + " takes one port, not a list", "write it as STAGE.PORT");
    return {};
  }
  std::vector<PortRef> refs;
  for (const Node& item : is_list ? node.items : std::vector<Node>{node})
    if (const auto ref = bind_port(item, who, prefix, mistakes)) refs.push_back(*ref);
  return refs;
}

/// Wires what stands under `in`.
class Wirer {
 public:
  Wirer(Stage& stage, const plugins::ComponentInfo* component, const std::string& prefix, Diagnostics& mistakes)
      : stage_(stage), component_(component), prefix_(prefix), mistakes_(mistakes) {
    if (!component) return;
    for (const auto& port : component->schema.inputs()) names_.push_back(port.name);
  }

  void wire(const Node& in) {
    for (const auto& entry : in.entries) wire(entry);
  }

  void check_all_there(const Source& source) const {
    if (!component_) return;
    for (const auto& port : component_->schema.inputs())
      if (port.need != Need::optional && !given_.contains(port.name))
        mistakes_.add(
            source, fmt::format("stage '{}': the input '{}' is missing", stage_.name, port.name),
            fmt::format("{} takes {} there; wire it: in: {{{}: STAGE.PORT}}", stage_.uses, port.type, port.name));
    check_alternatives(source);
  }

 private:
  void check_alternatives(const Source& source) const {
    const auto names = plugins::alternatives(component_->schema);
    const auto count = std::ranges::count_if(names, [&](const auto& name) { return given_.contains(name); });
    if (names.empty() || count == 1) return;
    mistakes_.add(source,
                  fmt::format("stage '{}': {} of the inputs '{}' {}", stage_.name, count == 0 ? "one" : "more than one",
                              fmt::join(names, "', '"), count == 0 ? "is missing" : "is wired"),
                  fmt::format("{} takes one of them: in: {{{}: STAGE.PORT}}", stage_.uses, names.front()));
  }

  void wire(const Entry& entry) {
    const PortSpec* port = component_ ? component_->schema.find_input(entry.key) : nullptr;
    if (component_ && !port) return tell_unknown(entry);
    given_.insert(entry.key);
    const auto who = fmt::format("stage '{}': input '{}'", stage_.name, entry.key);
    auto refs = refs_of(entry.value, who, !port || port->need == Need::repeated, prefix_, mistakes_);
    if (entry.value.kind == Node::Kind::list && entry.value.items.empty())
      mistakes_.add(entry.value.source, who + " has no port", "write them as [STAGE.PORT, STAGE.PORT]");
    if (!refs.empty()) stage_.inputs[entry.key] = std::move(refs);
  }

  void tell_unknown(const Entry& entry) {
    given_.insert(nearest(entry.key, names_));  // meant: not missing as well
    mistakes_.add_misspelt(entry.source,
                           fmt::format("stage '{}': {} has no input {}", stage_.name, component_->id, quote(entry.key)),
                           entry.key, names_);
  }

  Stage& stage_;
  const plugins::ComponentInfo* component_;
  const std::string& prefix_;
  Diagnostics& mistakes_;
  std::vector<std::string> names_;
  std::set<std::string> given_;
};

void bind_inputs(Stage& stage, const Entry& entry, const plugins::ComponentInfo* component, const std::string& prefix,
                 Diagnostics& mistakes) {
  Wirer wirer(stage, component, prefix, mistakes);
  const Node* in = entry.value.find("in");
  if (in && !expect_map(*in, fmt::format("stage '{}': 'in'", stage.name), mistakes)) return;
  if (in) wirer.wire(*in);
  wirer.check_all_there(entry.source);
}

bool bind_fresh(const Stage& stage, const Node& node, Diagnostics& mistakes) {
  const Node* fresh = node.find("fresh");
  if (!fresh) return false;
  const auto flag = as_flag(*fresh);
  if (!flag)
    mistakes.add(fresh->source, fmt::format("stage '{}': 'fresh' takes a flag, not {}", stage.name, describe(*fresh)),
                 "write fresh: true");
  return flag.value_or(false);
}

std::vector<std::string> keys_of(const Stage& stage) {
  if (stage.loop.empty() || stage.observer) return {"uses", "in", "with"};
  return {"uses", "in", "with", "fresh"};
}

}  // namespace

std::string role_of(const std::string& component) { return component.substr(0, component.find('/')); }

std::optional<PortRef> bind_port(const Node& node, const std::string& who, const std::string& prefix,
                                 Diagnostics& mistakes) {
  const auto refuse = [&] {
    const auto shown = node.kind == Node::Kind::scalar ? quote(node.text) : describe(node);
    mistakes.add(node.source, fmt::format("{}: {} names no port", who, shown), "write it as STAGE.PORT");
    return std::nullopt;
  };
  if (node.kind != Node::Kind::scalar) return refuse();
  const auto& text = node.text;
  const size_t first = text.find('.'), last = text.rfind('.');
  if (first == std::string::npos || first == 0 || last + 1 == text.size()) return refuse();
  const bool previous = last != first;
  if (previous && text.substr(first, last + 1 - first) != ".previous.") return refuse();
  if (text.find('/') < first) {
    mistakes.add(node.source, fmt::format("{}: {} lies in a sub-workflow", who, quote(text)),
                 "what it gives stands under 'outputs' in its file");
    return {};
  }
  return PortRef{prefix + text.substr(0, first), text.substr(last + 1), false, previous, node.source.place};
}

const plugins::ComponentInfo* open_component(Stage& stage, const Entry& entry, plugins::Components& components,
                                             Diagnostics& mistakes) {
  const Node* uses = entry.value.find("uses");
  if (uses && uses->kind == Node::Kind::unknown) return nullptr;
  if (!uses || uses->kind != Node::Kind::scalar || uses->text.empty()) {
    if (entry.value.kind == Node::Kind::map || entry.value.kind == Node::Kind::nothing)
      mistakes.add(uses ? uses->source : entry.source, fmt::format("stage '{}': 'uses' names no component", stage.name),
                   "write uses: ROLE/COMPONENT; `hashloom plugins list` shows them");
    return nullptr;
  }
  stage.uses = uses->text;
  return open(stage, uses->source, components, mistakes);
}

void bind_stage(Stage& stage, const Entry& entry, const plugins::ComponentInfo* component, const std::string& prefix,
                Diagnostics& mistakes) {
  const auto who = fmt::format("stage '{}'", stage.name);
  if (!expect_map(entry.value, who, mistakes)) return;
  check_keys(entry.value, who + ": ", keys_of(stage), mistakes);
  if (component && !is_file(stage.uses)) check_part(stage, entry.value.find("uses")->source, mistakes);
  bind_inputs(stage, entry, component, prefix, mistakes);
  const Node* with = entry.value.find("with");
  if (component) bind_parameters(stage, with ? *with : Node{}, *component, mistakes);
  stage.fresh = bind_fresh(stage, entry.value, mistakes);
}

}  // namespace hashloom::workflow
