#include <fmt/format.h>

#include <algorithm>
#include <workflow/expand.hpp>
#include <workflow/fields.hpp>
#include <workflow/scalar.hpp>

namespace hashloom::workflow {
namespace {

/// A stage or loop in the document.
struct Member {
  std::string name;
  Node* node;
  bool is_loop;
};

std::vector<Member> members(Node& document) {
  std::vector<Member> all;
  Node* stages = document.find("stages");
  if (!stages) return all;
  for (auto& [name, source, stage] : stages->entries) {
    all.push_back({name, &stage, stage.find("loop") != nullptr});
    if (!all.back().is_loop) continue;
    for (const char* part : {"stages", "observe"})
      if (Node* inner = stage.find(part))
        for (auto& entry : inner->entries) all.push_back({entry.key, &entry.value, false});
  }
  return all;
}

void set_parameter(Node& stage, const std::string& name, Node value) {
  if (stage.kind != Node::Kind::map && stage.kind != Node::Kind::nothing) return;
  Node& with = stage.at("with");
  if (with.kind != Node::Kind::map && with.kind != Node::Kind::nothing) return;
  if (Node* rounds = with.find("rounds"))
    for (auto& round : rounds->entries)
      std::erase_if(round.value.entries, [&](const Entry& entry) { return entry.key == name; });
  const Source source = value.source;
  with.at(name) = std::move(value);
  for (auto& entry : with.entries)
    if (entry.key == name) entry.source = source;
}

/// Takes the --set options into a document.
class Setter {
 public:
  Setter(Node& document, Vars& vars, Diagnostics& mistakes) : document_(document), vars_(vars), mistakes_(mistakes) {}

  void set(SetOption option) {
    const size_t dot = option.path.find('.');
    if (dot == std::string::npos) return set_top(option.path, std::move(option.value));
    set_inner(option.path.substr(0, dot), option.path.substr(dot + 1), std::move(option.value));
  }

 private:
  void set_top(const std::string& name, Node value) {
    if (vars_.has(name)) return vars_.set(name, std::move(value));
    if (std::find(kSettings.begin(), kSettings.end(), name) != kSettings.end())
      return void(document_.at(name) = std::move(value));
    auto known = vars_.names();
    known.insert(known.end(), kSettings.begin(), kSettings.end());
    mistakes_.add_misspelt(value.source, fmt::format("there is no var {}", quote(name)), name, known, "it can set");
  }

  void set_inner(const std::string& name, const std::string& parameter, Node value) {
    const auto all = members(document_);
    const auto at = std::find_if(all.begin(), all.end(), [&](const Member& m) { return m.name == name; });
    if (at == all.end()) {
      std::vector<std::string> names;
      for (const auto& member : all) names.push_back(member.name);
      return mistakes_.add_misspelt(value.source, fmt::format("there is no stage {}", quote(name)), name, names,
                                    "stages");
    }
    if (!at->is_loop) return set_parameter(*at->node, parameter, std::move(value));
    if (parameter != "rounds")
      return mistakes_.add_misspelt(value.source, fmt::format("loop '{}' has no {}", name, quote(parameter)), parameter,
                                    {"rounds"}, "of a loop it can set");
    Node& loop = *at->node->find("loop");
    if (loop.kind == Node::Kind::map) loop.at("rounds") = std::move(value);
  }

  Node& document_;
  Vars& vars_;
  Diagnostics& mistakes_;
};

void expand_in(Node* node, Vars& vars) {
  if (node) vars.expand(*node);
}

}  // namespace

Expanded expand(Node document, const Overrides& overrides, const PlacedCell& cell, Diagnostics& mistakes) {
  Vars vars(document, overrides.profile, mistakes);
  for (const auto& [name, source, value] : cell) {
    if (name == "seed")
      document.at(name) = value;
    else
      vars.set(name, value);
  }
  Setter setter(document, vars, mistakes);
  for (auto& option : parse_sets(overrides.sets, mistakes))
    if (std::ranges::find(cell, option.path, &Entry::key) == cell.end()) setter.set(std::move(option));
  for (const auto& member : members(document)) {
    expand_in(member.node->find("uses"), vars);
    expand_in(member.node->find("with"), vars);
    if (!member.is_loop) continue;
    expand_in(member.node->find("loop")->find("rounds"), vars);
    expand_in(member.node->find("loop")->find("until"), vars);
  }
  return {std::move(document), vars.values()};
}

}  // namespace hashloom::workflow
