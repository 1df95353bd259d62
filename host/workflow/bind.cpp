#include <fmt/format.h>

#include <algorithm>
#include <workflow/bind.hpp>
#include <workflow/bind_stage.hpp>
#include <workflow/fields.hpp>
#include <workflow/scalar.hpp>
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

class Binder {
 public:
  Binder(plugins::Components& components, Diagnostics& mistakes) : components_(components), mistakes_(mistakes) {}

  Bound bind(const Node& root) {
    check_keys(root, "",
               {"name", "seed", "device", "precision", "threads", "vars", "profiles", "stages", "encoder", "matrix"},
               mistakes_);
    bind_settings(root);
    if (const Node* encoder = root.find("encoder")) bound_.encoder = bind_port(*encoder, "encoder", mistakes_);
    bind_stages(root);
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

  void bind_stages(const Node& root) {
    const Node* stages = root.find("stages");
    if (!stages) return mistakes_.add({{1, 1}, 1, {}}, "there are no stages", "a workflow has at least 'stages:'");
    if (!expect_map(*stages, "'stages'", mistakes_)) return;
    if (stages->entries.empty())
      mistakes_.add(stages->source, "there are no stages", "a stage is NAME: {uses: ROLE/COMPONENT}");
    for (const auto& entry : stages->entries) {
      if (!claim(entry)) continue;
      if (entry.value.find("loop"))
        bind_loop(entry);
      else
        bound_.workflow.stages.push_back(stage(entry, {}, false));
    }
  }

  /// Whether the name of a stage or loop is free and can be one.
  bool claim(const Entry& entry) {
    if (!check_name(entry, "stage", mistakes_)) return false;
    const auto [first, is_new] = names_.emplace(entry.key, entry.source.place.line);
    if (!is_new)
      mistakes_.add(entry.source, fmt::format("the name '{}' stands twice", entry.key),
                    fmt::format("it stands in line {} too; names are unique in a file", first->second));
    return is_new;
  }

  Stage stage(const Entry& entry, const std::string& loop, bool observer) {
    Stage made;
    made.name = entry.key;
    made.loop = loop;
    made.observer = observer;
    made.place = entry.source.place;
    bound_.components[made.name] = bind_stage(made, entry, components_, mistakes_);
    return made;
  }

  std::vector<Stage> inner(const Node& node, const std::string& loop, const std::string& part) {
    std::vector<Stage> stages;
    const Node* all = node.find(part);
    if (!all || !expect_map(*all, fmt::format("loop '{}': '{}'", loop, part), mistakes_)) return stages;
    for (const auto& entry : all->entries) {
      if (!claim(entry)) continue;
      if (entry.value.find("loop"))
        mistakes_.add(entry.source, fmt::format("'{}' is a loop in the loop '{}'", entry.key, loop),
                      "loops do not nest");
      else
        stages.push_back(stage(entry, loop, part == "observe"));
    }
    return stages;
  }

  std::map<std::string, PortRef> ports(const Node& settings, const std::string& who, const std::string& key) {
    std::map<std::string, PortRef> refs;
    const Node* node = settings.find(key);
    if (!node || !expect_map(*node, fmt::format("{}'{}'", who, key), mistakes_)) return refs;
    for (const auto& entry : node->entries) {
      if (!check_name(entry, "carried port", mistakes_)) continue;
      if (const auto ref = bind_port(entry.value, fmt::format("{}{} '{}'", who, key, entry.key), mistakes_))
        refs[entry.key] = *ref;
    }
    return refs;
  }

  void bind_loop(const Entry& entry) {
    constexpr int64_t kMostRounds = 100'000;
    const auto who = fmt::format("loop '{}': ", entry.key);
    check_keys(entry.value, who, {"loop", "stages", "observe"}, mistakes_);
    Loop loop;
    loop.name = entry.key;
    loop.place = entry.source.place;
    const Node& settings = *entry.value.find("loop");
    if (expect_map(settings, who + "'loop'", mistakes_)) {
      check_keys(settings, who, {"carry", "next", "rounds", "until"}, mistakes_);
      loop.carry = ports(settings, who, "carry");
      loop.next = ports(settings, who, "next");
      loop.rounds = Setting(settings, who, mistakes_).integer("rounds", 1, kMostRounds).value_or(1);
      loop.until_changed_bits = until(settings, who);
    }
    loop.stages = inner(entry.value, loop.name, "stages");
    loop.observers = inner(entry.value, loop.name, "observe");
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
  auto bound = Binder(components, mistakes).bind(expanded.root);
  bound.workflow.vars = expanded.vars;
  return bound;
}

}  // namespace hashloom::workflow
