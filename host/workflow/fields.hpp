#pragma once
#include <workflow/collector.hpp>
#include <workflow/node.hpp>

namespace hashloom::workflow {

/// Whether `node` is a map (nothing counts as an empty one); a mistake naming it `what` if not.
bool expect_map(const Node& node, const std::string& what, Diagnostics& mistakes);

/// A mistake for each key of `node` that is not in `allowed`. `who` begins the message: "stage 'gist': ", or empty.
void check_keys(const Node& node, const std::string& who, const std::vector<std::string>& allowed,
                Diagnostics& mistakes);

/// Whether the entry's key can name a `kind` ("stage", "var"): a letter, then letters, digits, '_' and '-'.
bool check_name(const Entry& entry, const std::string& kind, Diagnostics& mistakes);

}  // namespace hashloom::workflow
