#include <fmt/format.h>

#include <algorithm>
#include <workflow/fields.hpp>
#include <workflow/parse.hpp>
#include <workflow/scalar.hpp>
#include <workflow/spec.hpp>
#include <workflow/vars.hpp>

namespace hashloom::workflow {
namespace {

constexpr int64_t kBytesOfItem = 16;  // so that lists without text count too

std::string text_of(const Node& var) { return var.kind == Node::Kind::scalar ? var.text : to_text(*natural(var)); }

/// What is wrong with the value is told where it is used.
void replace(Node& node, const Node& var) {
  const Source source = node.source;
  node = var;
  node.source = source;
  for (auto& item : node.items) item.source = source;
}

}  // namespace

Vars::Vars(const Node& document, const std::string& profile, Diagnostics& mistakes) : mistakes_(mistakes) {
  if (const Node* vars = document.find("vars"); vars && expect_map(*vars, "vars", mistakes))
    for (const auto& entry : vars->entries) read(entry);
  static const Node kNone{.kind = Node::Kind::map};
  const Node* profiles = document.find("profiles");
  read_profiles(profiles ? *profiles : kNone, profile);
}

void Vars::read(const Entry& entry) {
  if (std::find(kSettings.begin(), kSettings.end(), entry.key) != kSettings.end())
    return mistakes_.add(
        entry.source, fmt::format("a var can't have the name '{}'", entry.key),
        fmt::format("'{}' stands at the top of the file; --set {}=... changes it", entry.key, entry.key));
  if (!check_name(entry, "var", mistakes_)) return;
  const bool is_declared = entry.value.kind == Node::Kind::map && entry.value.find("value");
  const Node& value = is_declared ? *entry.value.find("value") : entry.value;
  if (!can_be_value({entry.key, entry.source, value})) return;
  Var& var = vars_[entry.key];
  var.value = value;
  const auto spec = is_declared ? read_spec(entry, mistakes_) : std::nullopt;
  var.is_declared = spec.has_value();
  var.spec = spec.value_or(ParamSpec{entry.key, *natural(value), {}, "", ""});
  if (is_declared && (!spec || !fits(value, *spec))) var.value.kind = Node::Kind::unknown;
}

bool Vars::can_be_value(const Entry& entry) {
  if (!natural(entry.value)) {
    mistakes_.add(entry.value.source, fmt::format("var '{}' can't be {}", entry.key, describe(entry.value)),
                  "a var is a flag, an integer, a number, a text or a list of those, or {value: ..., help: ...}");
    return false;
  }
  if (entry.value.text.find("${") != std::string::npos) {
    mistakes_.add(entry.value.source, fmt::format("var '{}' refers to a var", entry.key),
                  "\"${name}\" may stand in uses, with, rounds and until");
    return false;
  }
  return true;
}

void Vars::read_profiles(const Node& profiles, const std::string& chosen) {
  if (!expect_map(profiles, "profiles", mistakes_)) return;
  std::vector<std::string> names;
  for (const auto& [name, source, profile] : profiles.entries) {
    names.push_back(name);
    if (expect_map(profile, "profile " + quote(name), mistakes_)) read_profile(name, profile, name == chosen);
  }
  if (!chosen.empty() && !profiles.find(chosen))
    mistakes_.add_misspelt({{}, 1, "--profile " + chosen}, fmt::format("there is no profile {}", quote(chosen)), chosen,
                           names, "profiles");
}

void Vars::read_profile(const std::string& name, const Node& profile, bool chosen) {
  const auto known = names();
  for (const auto& entry : profile.entries) {
    if (!has(entry.key))
      mistakes_.add_misspelt(entry.source, fmt::format("profile {}: there is no var {}", quote(name), quote(entry.key)),
                             entry.key, known, "vars");
    else if (can_be_value(entry))
      take(entry, chosen);
  }
}

void Vars::take(const Entry& entry, bool chosen) {
  const Var& var = vars_.at(entry.key);
  if (chosen)
    set(entry.key, entry.value);
  else if (var.is_declared)
    checked_value(entry.value, var.spec, fmt::format("var '{}'", entry.key), mistakes_);
}

void Vars::set(const std::string& name, Node value) {
  Var& var = vars_.at(name);
  var.value = std::move(value);
  if (!var.is_declared || is_unknown(var.value)) return;
  checked_value(var.value, var.spec, fmt::format("var '{}'", name), mistakes_);
  if (!fits(var.value, var.spec)) var.value.kind = Node::Kind::unknown;
}

std::vector<std::string> Vars::names() const {
  std::vector<std::string> names;
  for (const auto& [name, var] : vars_) names.push_back(name);
  return names;
}

Values Vars::values() const {
  Values values;
  for (const auto& [name, var] : vars_)
    if (!is_unknown(var.value))
      values[name] = *(var.is_declared ? as_type_of(var.spec.fallback, var.value) : natural(var.value));
  return values;
}

std::vector<ParamSpec> Vars::specs() const {
  std::vector<ParamSpec> specs;
  for (const auto& [name, var] : vars_) specs.push_back(var.spec);
  return specs;
}

void Vars::expand(Node& node) {
  if (node.kind == Node::Kind::scalar) return expand_scalar(node);
  for (auto& item : node.items) expand(item);
  for (auto& entry : node.entries) expand(entry.value);
}

const Node* Vars::find(const Node& where, size_t open, size_t close) {
  if (close == std::string::npos) {
    mistakes_.add(where.source, fmt::format("'${{' without '}}' in {}", quote(where.text)), "write \"${name}\"");
    return nullptr;
  }
  const auto name = where.text.substr(open + 2, close - open - 2);
  const auto at = vars_.find(name);
  if (at != vars_.end()) return &at->second.value;
  if (!mistakes_.is_full())
    mistakes_.add_misspelt(where.source, fmt::format("there is no var {}", quote(name)), name, names(), "vars");
  return nullptr;
}

bool Vars::count(const Node& where, const std::string& value, const Node& var) {
  if (expanded_bytes_ > kMaxBytes) return false;
  expanded_bytes_ += value.size() + kBytesOfItem * var.items.size();
  if (expanded_bytes_ <= kMaxBytes) return true;
  mistakes_.add(where.source, fmt::format("the vars expand to more than {} MiB", kMaxBytes >> 20), "shorten them");
  return false;
}

void Vars::expand_scalar(Node& node) {
  std::string text;
  size_t at = 0;
  for (size_t open; (open = node.text.find("${", at)) != std::string::npos;) {
    const size_t close = node.text.find('}', open);
    const Node* var = find(node, open, close);
    if (var && is_unknown(*var)) var = nullptr;
    const auto value = var ? text_of(*var) : "";
    if (!var || !count(node, value, *var)) return void(node.kind = Node::Kind::unknown);
    if (open == 0 && close + 1 == node.text.size()) return replace(node, *var);
    text += node.text.substr(at, open - at) + value;
    at = close + 1;
  }
  if (at == 0) return;
  node.text = text + node.text.substr(at);
  node.quoted = true;
}

}  // namespace hashloom::workflow
