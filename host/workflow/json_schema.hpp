#pragma once
#include <nlohmann/json.hpp>
#include <plugins/components.hpp>

namespace hashloom::workflow {

/// A JSON Schema (draft 7) of workflow files and sub-workflows, from the components' schemas: what an editor completes
/// and checks with. It knows nothing of what stages read from each other; load() does. Components that can't be used
/// are named, their parameters left open.
nlohmann::json json_schema(plugins::Components& components);

}  // namespace hashloom::workflow
