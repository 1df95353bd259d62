#pragma once
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace hashloom::events {

/// Fields of events as a reader may trust them: a file may hold anything. Nothing where the field is missing, null (a
/// figure that is not a number) or of another type.
std::optional<double> number(const nlohmann::json& event, const char* key);
std::optional<int64_t> integer(const nlohmann::json& event, const char* key);
std::string text(const nlohmann::json& event, const char* key);  ///< empty where there is none
bool flag(const nlohmann::json& event, const char* key);         ///< false where there is none

}  // namespace hashloom::events
