#pragma once
#include <plugins/components.hpp>
#include <workflow/collector.hpp>
#include <workflow/node.hpp>

namespace hashloom::workflow {

/// Fills stage.params and stage.from_round from what stands under `with`, checked against the component's schema.
void bind_parameters(Stage& stage, const Node& with, const plugins::ComponentInfo& component, Diagnostics& mistakes);

}  // namespace hashloom::workflow
