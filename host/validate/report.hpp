#pragma once
#include <validate/validate.hpp>

namespace hashloom::validate {

/// For people: a line a check, reason and remedy below those that did not pass.
std::string to_text(const Validated& validated);
nlohmann::json to_json(const Validated& validated);

int64_t count(const Validated& validated, Verdict verdict);

}  // namespace hashloom::validate
