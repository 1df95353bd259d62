#include <fmt/format.h>

#include <algorithm>
#include <workflow/fields.hpp>

namespace hashloom::workflow {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_inner(char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-'; }

}  // namespace

bool expect_map(const Node& node, const std::string& what, Diagnostics& mistakes) {
  if (node.kind == Node::Kind::map || node.kind == Node::Kind::nothing) return true;
  mistakes.add(node.source, fmt::format("{} must be a map, not {}", what, describe(node)), "write it as KEY: VALUE");
  return false;
}

void check_keys(const Node& node, const std::string& who, const std::vector<std::string>& allowed,
                Diagnostics& mistakes) {
  for (const auto& entry : node.entries)
    if (std::find(allowed.begin(), allowed.end(), entry.key) == allowed.end())
      mistakes.add_misspelt(entry.source, fmt::format("{}there is no key {} here", who, quote(entry.key)), entry.key,
                            allowed, "keys");
}

bool check_name(const Entry& entry, const std::string& kind, Diagnostics& mistakes) {
  const auto& name = entry.key;
  constexpr size_t kLongest = 100;
  if (!name.empty() && name.size() <= kLongest && is_letter(name[0]) && std::all_of(name.begin(), name.end(), is_inner))
    return true;
  mistakes.add(entry.source, fmt::format("{} can't be the name of a {}", quote(name), kind),
               fmt::format("a name is a letter, then letters, digits, '_' or '-', {} at the most", kLongest));
  return false;
}

}  // namespace hashloom::workflow
