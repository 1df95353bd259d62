#pragma once
#include <plugins/components.hpp>
#include <workflow/expand.hpp>

namespace hashloom::workflow {

/// A sub-workflow as a component, to check the stage that uses it: its inputs, its vars as parameters, its outputs,
/// whose types are not known yet.
plugins::ComponentInfo face_of(const std::string& file, const SubWorkflow& used, Diagnostics& mistakes);

/// What its stages read as "inputs.NAME", as a component that gives it.
plugins::ComponentInfo inside_of(const plugins::ComponentInfo& face);

/// What its outputs are, by name. `prefix` is that of its stages' names.
std::map<std::string, PortRef> outputs_of(const SubWorkflow& used, const std::string& prefix, Diagnostics& mistakes);

}  // namespace hashloom::workflow
