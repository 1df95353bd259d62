#pragma once
#include <plugins/components.hpp>
#include <workflow/collector.hpp>
#include <workflow/node.hpp>

namespace hashloom::workflow {

/// The component that stands under `uses`, which is stage.uses then; null, and a mistake, if it can't be had.
const plugins::ComponentInfo* open_component(Stage& stage, const Entry& entry, plugins::Components& components,
                                             Diagnostics& mistakes);

/// Fills `stage` (its name, loop and part are set) from what stands under its name; all that can be said without a
/// component if that is null. `prefix` is that of the names in its file.
void bind_stage(Stage& stage, const Entry& entry, const plugins::ComponentInfo* component, const std::string& prefix,
                Diagnostics& mistakes);

/// "stage.port", "loop.port" or "loop.previous.port", with `prefix`; nothing, and a mistake that begins with `who`, for
/// anything else.
std::optional<PortRef> bind_port(const Node& node, const std::string& who, const std::string& prefix,
                                 Diagnostics& mistakes);

/// "hasher" of "hasher/lsh".
std::string role_of(const std::string& component);

}  // namespace hashloom::workflow
