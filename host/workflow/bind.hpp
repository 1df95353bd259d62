#pragma once
#include <deque>
#include <map>
#include <plugins/components.hpp>
#include <workflow/collector.hpp>
#include <workflow/expand.hpp>

namespace hashloom::workflow {

/// A stage that uses a sub-workflow.
struct Use {
  Stage stage;
  std::map<std::string, PortRef> outputs;
};

/// A workflow whose names are not resolved yet, the stages of sub-workflows in the place of those that use them.
struct Bound {
  Workflow workflow;
  std::vector<Use> uses;
  std::deque<plugins::ComponentInfo> faces;  ///< of sub-workflows; not moved when more are added
  /// By stage, also by those that use sub-workflows, and "start/inputs" for what comes into one; none where it could
  /// not be had.
  std::map<std::string, const plugins::ComponentInfo*> components;
  std::optional<PortRef> encoder;  ///< as written
};

/// Makes stages and loops of the document: every key known, components opened, parameters and input names checked.
Bound bind(const Expanded& expanded, plugins::Components& components, Diagnostics& mistakes);

}  // namespace hashloom::workflow
