#pragma once
#include <map>
#include <plugins/components.hpp>
#include <workflow/collector.hpp>
#include <workflow/expand.hpp>

namespace hashloom::workflow {

/// A workflow whose names are not resolved yet.
struct Bound {
  Workflow workflow;
  std::map<std::string, const plugins::ComponentInfo*> components;  ///< by stage; none where it could not be had
  std::optional<PortRef> encoder;                                   ///< as written
};

/// Makes stages and loops of the document: every key known, components opened, parameters and input names checked.
Bound bind(const Expanded& expanded, plugins::Components& components, Diagnostics& mistakes);

}  // namespace hashloom::workflow
