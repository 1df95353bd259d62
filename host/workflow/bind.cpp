#include <fmt/format.h>

#include <algorithm>
#include <workflow/bind.hpp>
#include <workflow/bind_stage.hpp>
#include <workflow/fields.hpp>
#include <workflow/scalar.hpp>
#include <workflow/use.hpp>
#include <workflow/vars.hpp>

namespace hashloom::workflow {
namespace {

/// Reads one setting of a map; nothing, and a mistake if it is there but does not fit.
class Setting {
 public:
  Setting(const Node& map, std::string who, Diagnostics& mistakes)
      : map_(map), who_(std::move(who)), mistakes_(mistakes) {}

  std::optional<int64_t> integer(const std::string& key, int64_t low, int64_t high) const {
    return number_like(key, as_integer, low, high, "an integer");
  }

  std::optional<double> number(const std::string& key, double low, double high) const {
    return number_like(key, as_number, low, high, "a number");
  }

  std::optional<std::string> text(const std::string& key, bool (*fits)(const std::string&),
                                  const std::string& wanted) const {
    const Node* node = map_.find(key);
    if (!node || is_unknown(*node)) return {};
    if (node->kind == Node::Kind::scalar && fits(node->text)) return node->text;
    mistakes_.add(node->source, fmt::format("{}'{}' can't be {}", who_, key, shown(*node)),
                  fmt::format("it is {}", wanted));
    return {};
  }

 private:
  static std::string shown(const Node& node) {
    return node.kind == Node::Kind::scalar ? quote(node.text) : describe(node);
  }

  template <class T>
  std::optional<T> number_like(const std::string& key, std::optional<T> (*as)(const Node&), T low, T high,
                               const std::string& type) const {
    const Node* node = map_.find(key);
    if (!node || is_unknown(*node)) return {};
    const auto value = as(*node);
    if (value && *value >= low && *value <= high) return value;
    mistakes_.add(node->source, fmt::format("{}'{}' can't be {}", who_, key, shown(*node)),
                  fmt::format("it is {} from {} to {}", type, low, high));
    return {};
  }

  const Node& map_;
  std::string who_;
  Diagnostics& mistakes_;
};

bool is_name(const std::string& text) {
  constexpr size_t kLongest = 100;
  const auto can_be_in_a_file_name = [](unsigned char c) { return c >= 0x20 && c != 0x7F && c != '/'; };
  return !text.empty() && text.size() <= kLongest && text[0] != '.' &&
         std::all_of(text.begin(), text.end(), can_be_in_a_file_name);
}

bool is_device(const std::string& text) {
  if (text == "auto" || text == "cpu" || text == "cuda") return true;
  constexpr size_t kPrefix = 5, kMostDigits = 3;
  return text.starts_with("cuda:") && text.size() > kPrefix && text.size() <= kPrefix + kMostDigits &&
         text.find_first_not_of("0123456789", kPrefix) == std::string::npos;
}

bool is_precision(const std::string& text) { return text == "auto" || text == "float32" || text == "bf16"; }

/// Where stages stand, and the part of the workflow that they belong to.
struct Scope {
  const Expanded& document;
  std::string prefix;  ///< of names: "start/" in the sub-workflow that the stage `start` uses
  std::string loop;
  bool observer = false, fresh = false;
};

const std::vector<std::string> kKeys = {"name", "seed",     "device", "precision", "threads",
                                        "vars", "profiles", "stages", "encoder",   "matrix"};
const std::vector<std::string> kKeysOfSubWorkflow = {"name", "inputs", "outputs", "vars", "stages"};

bool has(const std::vector<std::string>& keys, const std::string& key) {
  return std::ranges::find(keys, key) != keys.end();
}

class Binder {
 public:
  Binder(plugins::Components& components, Diagnostics& mistakes) : components_(components), mistakes_(mistakes) {}

  Bound bind(const Expanded& document) {
    const Node& root = document.root;
    check_top(root);
    bind_settings(root);
    if (const Node* encoder = root.find("encoder")) bound_.encoder = bind_port(*encoder, "encoder", "", mistakes_);
    bind_all({document, "", ""}, bound_.workflow.stages);
    bound_.workflow.vars = document.vars;
    return std::move(bound_);
  }

 private:
  void bind_settings(const Node& root) {
    constexpr int64_t kMostThreads = 1024;
    const Setting setting(root, "", mistakes_);
    Workflow& workflow = bound_.workflow;
    workflow.name =
        setting.text("name", is_name, "up to 100 characters without '/', not beginning with '.'").value_or("");
    workflow.seed = setting.integer("seed", 0, std::numeric_limits<int64_t>::max()).value_or(0);
    workflow.device = setting.text("device", is_device, "auto, cpu, cuda or cuda:N").value_or("auto");
    if (workflow.device == "cuda") workflow.device = "cuda:0";
    workflow.precision = setting.text("precision", is_precision, "auto, float32 or bf16").value_or("auto");
    workflow.threads = setting.integer("threads", 0, kMostThreads).value_or(0);
  }

  void check_top(const Node& root) {
    for (const auto& entry : root.entries)
      if (!has(kKeys, entry.key) && has(kKeysOfSubWorkflow, entry.key))
        return mistakes_.add(entry.source,
                             fmt::format("'{}' makes this file a sub-workflow, which is not run by itself", entry.key),
                             "use it from another file: NAME: {uses: ./THIS.yaml, in: {...}}");
    check_keys(root, "", kKeys, mistakes_);
  }

  void check_top_of_sub_workflow(const Node& root) {
    Node rest{.kind = Node::Kind::map};
    for (const auto& entry : root.entries)
      if (has(kKeys, entry.key) && !has(kKeysOfSubWorkflow, entry.key))
        mistakes_.add(entry.source, fmt::format("a sub-workflow has no '{}'", entry.key),
                      "it stands in the file that is run");
      else
        rest.entries.push_back(entry);
    check_keys(rest, "", kKeysOfSubWorkflow, mistakes_);
  }

  /// All stages of a file.
  void bind_all(const Scope& scope, std::vector<Stage>& into) {
    const Node& root = scope.document.root;
    const Node* stages = root.find("stages");
    if (!stages)
      return mistakes_.add({{1, 1, root.source.place.file}, 1, {}}, "there are no stages",
                           "a workflow has at least 'stages:'");
    if (!expect_map(*stages, "'stages'", mistakes_)) return;
    if (stages->entries.empty())
      mistakes_.add(stages->source, "there are no stages", "a stage is NAME: {uses: ROLE/COMPONENT}");
    bind_stages(*stages, scope, into);
  }

  void bind_stages(const Node& stages, const Scope& scope, std::vector<Stage>& into) {
    for (const auto& entry : stages.entries) {
      if (!claim(entry, scope)) continue;
      const auto used = scope.document.uses.find(entry.key);
      if (entry.value.find("loop"))
        bind_loop(entry, scope);
      else if (used != scope.document.uses.end())
        bind_use(entry, used->second, scope, into);
      else
        bind_component(entry, scope, into);
    }
  }

  /// Whether the name of a stage or loop is free and can be one.
  bool claim(const Entry& entry, const Scope& scope) {
    if (!check_name(entry, "stage", mistakes_)) return false;
    if (!scope.prefix.empty() && entry.key == "inputs") {
      mistakes_.add(entry.source, "'inputs' can't be the name of a stage here",
                    "inputs.NAME is what comes into the sub-workflow");
      return false;
    }
    const auto [first, is_new] = names_.emplace(scope.prefix + entry.key, entry.source.place.line);
    if (!is_new)
      mistakes_.add(entry.source, fmt::format("the name '{}' stands twice", entry.key),
                    fmt::format("it stands in line {} too; names are unique in a file", first->second));
    return is_new;
  }

  static Stage named(const Entry& entry, const Scope& scope) {
    Stage made;
    made.name = scope.prefix + entry.key;
    made.loop = scope.loop;
    made.observer = scope.observer;
    made.place = entry.source.place;
    return made;
  }

  void bind_component(const Entry& entry, const Scope& scope, std::vector<Stage>& into) {
    Stage made = named(entry, scope);
    const auto* component = open_component(made, entry, components_, mistakes_);
    bind_stage(made, entry, component, scope.prefix, mistakes_);
    made.fresh |= scope.fresh;
    bound_.components[made.name] = component;
    into.push_back(std::move(made));
  }

  /// The stages of the sub-workflow stand in the place of the one that uses it.
  void bind_use(const Entry& entry, const SubWorkflow& used, const Scope& scope, std::vector<Stage>& into) {
    Stage made = named(entry, scope);
    made.uses = entry.value.find("uses")->text;
    const auto prefix = made.name + "/";
    check_top_of_sub_workflow(used.inside.root);
    const auto& face = bound_.faces.emplace_back(face_of(made.uses, used, mistakes_));
    bound_.components[made.name] = &face;
    bound_.components[prefix + "inputs"] = &bound_.faces.emplace_back(inside_of(face));
    bind_stage(made, entry, &face, scope.prefix, mistakes_);
    bind_all({used.inside, prefix, made.loop, made.observer, made.fresh || scope.fresh}, into);
    bound_.uses.push_back({std::move(made), outputs_of(used, prefix, mistakes_)});
  }

  std::vector<Stage> inner(const Node& node, const std::string& part, const Scope& scope) {
    std::vector<Stage> stages;
    const Node* all = node.find(part);
    if (all && expect_map(*all, fmt::format("loop '{}': '{}'", scope.loop, part), mistakes_))
      bind_stages(*all, scope, stages);
    return stages;
  }

  std::map<std::string, PortRef> ports(const Node& settings, const std::string& who, const std::string& key,
                                       const std::string& prefix) {
    std::map<std::string, PortRef> refs;
    const Node* node = settings.find(key);
    if (!node || !expect_map(*node, fmt::format("{}'{}'", who, key), mistakes_)) return refs;
    for (const auto& entry : node->entries) {
      if (!check_name(entry, "carried port", mistakes_)) continue;
      if (const auto ref = bind_port(entry.value, fmt::format("{}{} '{}'", who, key, entry.key), prefix, mistakes_))
        refs[entry.key] = *ref;
    }
    return refs;
  }

  void bind_loop(const Entry& entry, const Scope& scope) {
    constexpr int64_t kMostRounds = 100'000;
    const auto name = scope.prefix + entry.key, who = fmt::format("loop '{}': ", name);
    if (!scope.loop.empty())
      return mistakes_.add(entry.source, fmt::format("'{}' is a loop in the loop '{}'", name, scope.loop),
                           "loops do not nest");
    check_keys(entry.value, who, {"loop", "stages", "observe"}, mistakes_);
    Loop loop;
    loop.name = name;
    loop.place = entry.source.place;
    const Node& settings = *entry.value.find("loop");
    if (expect_map(settings, who + "'loop'", mistakes_)) {
      check_keys(settings, who, {"carry", "next", "rounds", "until"}, mistakes_);
      loop.carry = ports(settings, who, "carry", scope.prefix);
      loop.next = ports(settings, who, "next", scope.prefix);
      loop.rounds = Setting(settings, who, mistakes_).integer("rounds", 1, kMostRounds).value_or(1);
      loop.until_changed_bits = until(settings, who);
    }
    loop.stages = inner(entry.value, "stages", {scope.document, scope.prefix, name});
    loop.observers = inner(entry.value, "observe", {scope.document, scope.prefix, name, true});
    bound_.workflow.loops.push_back(std::move(loop));
  }

  std::optional<double> until(const Node& settings, const std::string& who) {
    const Node* node = settings.find("until");
    if (!node || is_unknown(*node) || !expect_map(*node, who + "'until'", mistakes_)) return {};
    check_keys(*node, who + "until: ", {"changed_bits"}, mistakes_);
    return Setting(*node, who, mistakes_).number("changed_bits", 0, 1);
  }

  plugins::Components& components_;
  Diagnostics& mistakes_;
  Bound bound_;
  std::map<std::string, int> names_;
};

}  // namespace

Bound bind(const Expanded& expanded, plugins::Components& components, Diagnostics& mistakes) {
  return Binder(components, mistakes).bind(expanded);
}

}  // namespace hashloom::workflow
