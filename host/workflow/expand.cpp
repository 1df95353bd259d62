#include <fmt/format.h>

#include <algorithm>
#include <workflow/expand.hpp>
#include <workflow/fields.hpp>
#include <workflow/parse.hpp>
#include <workflow/scalar.hpp>
#include <workflow/spec.hpp>

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

  void tell_unknown_stage(const std::string& name, const Source& source) {
    std::vector<std::string> names;
    for (const auto& member : members(document_)) names.push_back(member.name);
    mistakes_.add_misspelt(source, fmt::format("there is no stage {}", quote(name)), name, names, "stages");
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
    if (at == all.end()) return tell_unknown_stage(name, value.source);
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

using Options = std::vector<SetOption>;

/// "start/hash.bits"
bool is_inner(const SetOption& option) {
  const size_t dot = option.path.find('.');
  return dot != std::string::npos && option.path.find('/') < dot;
}

/// Takes away the options for stages of sub-workflows, "start/hash.bits=8": by the stage that uses it, then
/// "hash.bits".
std::map<std::string, Options> take_inner(Options& options) {
  std::map<std::string, Options> inner;
  for (const auto& option : options) {
    if (!is_inner(option)) continue;
    const size_t slash = option.path.find('/');
    inner[option.path.substr(0, slash)].push_back({option.path.substr(slash + 1), option.value});
  }
  std::erase_if(options, is_inner);
  return inner;
}

/// A file on the way from the workflow to the sub-workflow that is being expanded.
struct Frame {
  std::filesystem::path path;
  std::string prefix;  ///< of its stages' names: "start/"
  const Frame* user = nullptr;
};

class Expander {
 public:
  Expander(SubFiles& files, Diagnostics& mistakes) : files_(files), mistakes_(mistakes) {}

  Expanded expand(Node document, Vars vars, Options options, const Frame& frame) {
    auto inner = take_inner(options);
    Setter setter(document, vars, mistakes_);
    for (auto& option : options) setter.set(std::move(option));
    std::map<std::string, SubWorkflow> uses;
    for (const auto& member : members(document)) {
      expand_member(member, vars);
      if (auto used = use(member, inner[member.name], frame)) uses.emplace(member.name, std::move(*used));
    }
    for (const auto& [name, others] : inner)
      for (const auto& [path, value] : others)
        if (!uses.contains(name)) setter.tell_unknown_stage(name + "/" + path.substr(0, path.find('.')), value.source);
    return {std::move(document), vars.values(), std::move(uses)};
  }

 private:
  static void expand_member(const Member& member, Vars& vars) {
    expand_in(member.node->find("uses"), vars);
    expand_in(member.node->find("with"), vars);
    if (!member.is_loop) return;
    expand_in(member.node->find("loop")->find("rounds"), vars);
    expand_in(member.node->find("loop")->find("until"), vars);
  }

  /// What the stage uses, if that is a file; where it can't be had `uses` becomes unknown.
  std::optional<SubWorkflow> use(const Member& member, const Options& options, const Frame& frame) {
    Node* uses = member.node->find("uses");
    if (member.is_loop || !uses || uses->kind != Node::Kind::scalar || !is_file(uses->text)) return {};
    const Frame inside{(frame.path.parent_path() / uses->text).lexically_normal(), frame.prefix + member.name + "/",
                       &frame};
    const auto name = frame.prefix + member.name;
    auto document =
        can_use(inside, uses->source, name) ? files_.document(inside.path, uses->source, name) : std::nullopt;
    if (!document) {
      uses->kind = Node::Kind::unknown;
      return {};
    }
    Vars vars(*document, "", mistakes_);
    auto params = vars.specs();
    give(vars, params, member.node->find("with"));
    return SubWorkflow{std::move(params), expand(std::move(*document), std::move(vars), options, inside)};
  }

  /// Parameters that do not fit are told by bind_parameters().
  static void give(Vars& vars, const std::vector<ParamSpec>& params, const Node* with) {
    if (!with) return;
    for (const auto& entry : with->entries)
      if (const auto spec = std::ranges::find(params, entry.key, &ParamSpec::name); spec != params.end())
        if (is_unknown(entry.value) || fits(entry.value, *spec)) vars.set(entry.key, entry.value);
  }

  bool can_use(const Frame& inside, const Source& source, const std::string& name) {
    std::string chain = inside.path.string();
    int64_t depth = 1;
    for (const Frame* user = inside.user; user; user = user->user, ++depth) {
      chain = user->path.string() + " -> " + chain;
      if (is_same(user->path, inside.path)) {
        mistakes_.add(source, fmt::format("stage '{}': the file uses itself: {}", name, chain),
                      "a sub-workflow uses files that do not use it");
        return false;
      }
    }
    if (depth <= kMaxDepth) return true;
    mistakes_.add(source, fmt::format("stage '{}': sub-workflows are nested deeper than {} levels", name, kMaxDepth),
                  "one or two are enough");
    return false;
  }

  static bool is_same(const std::filesystem::path& a, const std::filesystem::path& b) {
    std::error_code no_such_file;
    return a == b || std::filesystem::equivalent(a, b, no_such_file);
  }

  SubFiles& files_;
  Diagnostics& mistakes_;
};

}  // namespace

bool is_file(const std::string& uses) { return uses.ends_with(".yaml") || uses.ends_with(".yml"); }

Expanded expand(Node document, const Overrides& overrides, const PlacedCell& cell, SubFiles& files,
                Diagnostics& mistakes) {
  Vars vars(document, overrides.profile, mistakes);
  for (const auto& [name, source, value] : cell) {
    if (name == "seed")
      document.at(name) = value;
    else
      vars.set(name, value);
  }
  auto options = parse_sets(overrides.sets, mistakes);
  std::erase_if(options, [&](const SetOption& option) {
    return std::ranges::find(cell, option.path, &Entry::key) != cell.end();
  });
  return Expander(files, mistakes)
      .expand(std::move(document), std::move(vars), std::move(options), {mistakes.files()[0].path, "", nullptr});
}

}  // namespace hashloom::workflow
