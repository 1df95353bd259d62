#include <charconv>
#include <cmath>
#include <workflow/scalar.hpp>

namespace hashloom::workflow {
namespace {

bool is_plain(const Node& node) { return node.kind == Node::Kind::scalar && !node.quoted && !node.text.empty(); }

template <class T>
std::optional<T> parsed(const Node& node) {
  if (!is_plain(node) || node.text.find_first_not_of("+-.0123456789eE") != std::string::npos) return {};
  const char* first = node.text.data() + (node.text[0] == '+' && node.text[1] != '-');
  const char* last = node.text.data() + node.text.size();
  T value{};
  const auto [end, error] = std::from_chars(first, last, value);
  if (error != std::errc() || end != last) return {};
  return value;
}

std::optional<std::string> as_text(const Node& node) {
  if (node.kind != Node::Kind::scalar) return {};
  return node.text;
}

template <class T>
std::optional<std::vector<T>> each(const Node& list, std::optional<T> (*as)(const Node&)) {
  if (list.kind != Node::Kind::list) return {};
  std::vector<T> values;
  for (const auto& item : list.items) {
    const auto value = as(item);
    if (!value) return {};
    values.push_back(*value);
  }
  return values;
}

template <class T>
std::optional<ParamValue> held(const std::optional<T>& value) {
  if (!value) return {};
  return ParamValue(*value);
}

std::optional<ParamValue> natural_list(const Node& node) {
  if (node.items.empty()) return ParamValue(std::vector<std::string>{});
  if (const auto integers = each(node, as_integer)) return held(integers);
  if (const auto numbers = each(node, as_number)) return held(numbers);
  return held(each(node, as_text));
}

}  // namespace

std::optional<bool> as_flag(const Node& node) {
  if (!is_plain(node)) return {};
  for (const char* yes : {"true", "True", "TRUE"})
    if (node.text == yes) return true;
  for (const char* no : {"false", "False", "FALSE"})
    if (node.text == no) return false;
  return {};
}

std::optional<int64_t> as_integer(const Node& node) { return parsed<int64_t>(node); }
std::optional<double> as_number(const Node& node) { return parsed<double>(node); }

std::optional<ParamValue> natural(const Node& node) {
  if (node.kind == Node::Kind::list) return natural_list(node);
  if (const auto flag = as_flag(node)) return held(flag);
  if (const auto integer = as_integer(node)) return held(integer);
  if (const auto number = as_number(node)) return held(number);
  return held(as_text(node));
}

std::optional<ParamValue> as_type_of(const ParamValue& like, const Node& node) {
  switch (like.index()) {
    case 0:
      return held(as_flag(node));
    case 1:
      return held(as_integer(node));
    case 2:
      return held(as_number(node));
    case 3:
      return held(as_text(node));
    case 4:
      return held(each(node, as_integer));
    case 5:
      return held(each(node, as_number));
    default:
      return held(each(node, as_text));
  }
}

std::string wanted(const ParamValue& like) {
  const auto type = type_name(like);
  return (type == "integer" ? "an " : "a ") + type;
}

}  // namespace hashloom::workflow
