#include <fmt/format.h>

#include <algorithm>
#include <workflow/node.hpp>
#include <workflow/scalar.hpp>

namespace hashloom::workflow {

Node* Node::find(const std::string& key) {
  const auto at = std::find_if(entries.begin(), entries.end(), [&](const Entry& entry) { return entry.key == key; });
  return at == entries.end() ? nullptr : &at->value;
}

const Node* Node::find(const std::string& key) const { return const_cast<Node*>(this)->find(key); }

Node& Node::at(const std::string& key) {
  if (Node* there = find(key)) return *there;
  if (kind == Kind::nothing) kind = Kind::map;
  return entries.emplace_back(Entry{key, source, Node{.source = source, .entries = {}}}).value;
}

int64_t size(const Node& node) {
  int64_t all = 1;
  for (const auto& item : node.items) all += size(item);
  for (const auto& entry : node.entries) all += size(entry.value);
  return all;
}

bool is_unknown(const Node& node) {
  const auto unknown = [](const Node& item) { return item.kind == Node::Kind::unknown; };
  return unknown(node) || std::any_of(node.items.begin(), node.items.end(), unknown);
}

std::string describe(const Node& node) {
  if (node.kind == Node::Kind::list) return "a list";
  if (node.kind == Node::Kind::map) return "a map";
  if (node.kind != Node::Kind::scalar) return "nothing";
  const auto type = type_name(*natural(node));
  return fmt::format("the {} {}", type, type == "text" ? quote(node.text) : node.text);
}

std::string quote(const std::string& text) {
  constexpr size_t kLongest = 60;
  size_t end = std::min(text.size(), kLongest);
  while (end < text.size() && (text[end] & 0xC0) == 0x80) --end;
  std::string shown = text.substr(0, end);
  std::replace_if(
      shown.begin(), shown.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; }, '?');
  return "'" + shown + (end < text.size() ? "..." : "") + "'";
}

}  // namespace hashloom::workflow
