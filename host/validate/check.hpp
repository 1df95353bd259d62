#pragma once
#include <optional>
#include <plugins/components.hpp>
#include <string>
#include <vector>

namespace hashloom::validate {

/// Why a check did not pass, and what to do about it.
struct Finding {
  std::string reason, remedy;
};

/// A check that can't be made: data that is not there, nothing to look at.
class Skipped : public Error {
 public:
  using Error::Error;
};

/// A promise that every component keeps. Done in a process of its own, which a component may crash or leave.
struct Check {
  const char* name;     ///< "seed"
  const char* promise;  ///< "the same seed gives the same result"
  std::optional<Finding> (*run)(const plugins::ComponentInfo& component);
};

/// Each in a file of its name; they throw Skipped, or what the component throws.
std::optional<Finding> check_schema(const plugins::ComponentInfo& component);
std::optional<Finding> check_parameters(const plugins::ComponentInfo& component);
std::optional<Finding> check_shapes(const plugins::ComponentInfo& component);
std::optional<Finding> check_rows(const plugins::ComponentInfo& component);
std::optional<Finding> check_seed(const plugins::ComponentInfo& component);
std::optional<Finding> check_state(const plugins::ComponentInfo& component);
std::optional<Finding> check_resume(const plugins::ComponentInfo& component);
std::optional<Finding> check_purity(const plugins::ComponentInfo& component);

/// In the order in which they are made.
const std::vector<Check>& checks();

}  // namespace hashloom::validate
