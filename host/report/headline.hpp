#pragma once
#include <nlohmann/json.hpp>
#include <report/table.hpp>
#include <string>
#include <vector>

namespace hashloom::report {

/// A metric that a run is judged by, as one evaluator measures it.
struct Headline {
  std::string stage, name, unit;
  bool operator==(const Headline& other) const { return stage == other.stage && name == other.name; }
};

bool is_headline(const nlohmann::json& event);
Headline headline_of(const nlohmann::json& metric);

/// Its place in `headlines`, to which it is added if it is new.
size_t place_of(const Headline& headline, std::vector<Headline>& headlines);

/// Named by the metric alone, with its stage where several of `all` have that name.
Column column_of(const Headline& headline, const std::vector<Headline>& all);

/// A field of an event: nothing where it is missing, not a number where it is null.
Cell figure(const nlohmann::json& event, const char* key);

}  // namespace hashloom::report
