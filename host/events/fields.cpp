#include <events/fields.hpp>

namespace hashloom::events {
namespace {

const nlohmann::json& field(const nlohmann::json& event, const char* key) {
  static const nlohmann::json kNone;
  if (!event.is_object()) return kNone;
  const auto found = event.find(key);
  return found == event.end() ? kNone : *found;
}

}  // namespace

std::optional<double> number(const nlohmann::json& event, const char* key) {
  const auto& value = field(event, key);
  if (!value.is_number()) return std::nullopt;
  return value.get<double>();
}

std::optional<int64_t> integer(const nlohmann::json& event, const char* key) {
  const auto& value = field(event, key);
  if (!value.is_number_integer()) return std::nullopt;
  return value.get<int64_t>();
}

std::string text(const nlohmann::json& event, const char* key) {
  const auto& value = field(event, key);
  return value.is_string() ? value.get<std::string>() : std::string();
}

bool flag(const nlohmann::json& event, const char* key) {
  const auto& value = field(event, key);
  return value.is_boolean() && value.get<bool>();
}

}  // namespace hashloom::events
