#pragma once
#include <workflow/collector.hpp>
#include <workflow/node.hpp>

namespace hashloom::workflow {

/// The node as the value of a parameter or var; a mistake that begins with `who` if it has another type or is out of
/// bounds, nothing where it has another type or is unknown.
std::optional<ParamValue> checked_value(const Node& node, const ParamSpec& spec, const std::string& who,
                                        Diagnostics& mistakes);

/// Whether checked_value() has no objection.
bool fits(const Node& node, const ParamSpec& spec);

/// A var that says more than its value: {value: 32, type: integer, between: [1, 4096], choices: [...], help: "..."}.
/// Its value is there and can be one. Nothing, and a mistake, where the rest can't be understood.
std::optional<ParamSpec> read_spec(const Entry& var, Diagnostics& mistakes);

}  // namespace hashloom::workflow
