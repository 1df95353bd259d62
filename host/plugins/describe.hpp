#pragma once
#include <nlohmann/json.hpp>
#include <plugins/components.hpp>

namespace hashloom::plugins {

/// All that a component's schema says, for programs: component, version, help, parameters, inputs, outputs,
/// not_deterministic (why; null: it is). A bound or a unit that is not there is null.
nlohmann::json describe(const ComponentInfo& component);

}  // namespace hashloom::plugins
