#pragma once
#include <nlohmann/json.hpp>
#include <report/table.hpp>
#include <string>
#include <vector>

namespace hashloom::report {

/// One setting of a run, named as its user names it: "bits" (a var), "gan.epochs", "gan.uses", "pgh.rounds", "seed".
struct Setting {
  std::string name;
  Cell value;
  bool operator==(const Setting&) const = default;
};

/// Everything that run.json says and that decides what a run computes: the workflow's name, vars, seed, profile, then
/// stages with their parameters and inputs, rounds, then device, precision, threads, instruction set and versions.
std::vector<Setting> settings_of(const nlohmann::json& run_record);

/// The settings that are not the same in all of `runs`: a column each, a row a run, empty where a run has no such
/// setting. What only follows a var ("${bits}", "hasher/${method}") is left out, and so are
/// parameters that come and go with a stage's component.
Table differing(const std::vector<std::vector<Setting>>& runs);

}  // namespace hashloom::report
