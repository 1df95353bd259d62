#pragma once
#include <optional>
#include <workflow/node.hpp>

namespace hashloom::workflow {

/// What an unquoted scalar means in YAML's core schema, decimal and finite numbers only; nothing if it is something
/// else.
std::optional<bool> as_flag(const Node& node);
std::optional<int64_t> as_integer(const Node& node);
std::optional<double> as_number(const Node& node);  ///< an integer counts as a number

/// A scalar or list in the type that it looks like; nothing for maps, nothing at all, and lists of other than scalars.
std::optional<ParamValue> natural(const Node& node);

/// The node as the type that `like` has; nothing if it can't be that.
std::optional<ParamValue> as_type_of(const ParamValue& like, const Node& node);

/// "an integer", "a list of numbers": what as_type_of() would take.
std::string wanted(const ParamValue& like);

}  // namespace hashloom::workflow
