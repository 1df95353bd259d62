#pragma once
#include <plugins/components.hpp>
#include <workflow/collector.hpp>
#include <workflow/node.hpp>

namespace hashloom::workflow {

/// Fills `stage` (its name, loop and part are set) from what stands under its name. Returns its component, null if it
/// could not be had.
const plugins::ComponentInfo* bind_stage(Stage& stage, const Entry& entry, plugins::Components& components,
                                         Diagnostics& mistakes);

/// "stage.port", "loop.port" or "loop.previous.port"; nothing, and a mistake that begins with `who`, for anything else.
std::optional<PortRef> bind_port(const Node& node, const std::string& who, Diagnostics& mistakes);

/// "hasher" of "hasher/lsh".
std::string role_of(const std::string& component);

}  // namespace hashloom::workflow
