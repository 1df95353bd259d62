#pragma once
#include <optional>
#include <string>
#include <vector>

namespace hashloom::plugins {

/// "hasher/my-thing", in its two parts.
struct ComponentId {
  std::string role, name;
};

/// The roles that there are, as they stand in ids.
const std::vector<std::string>& roles();

/// Nothing unless `id` is role/kebab-name with at most 64 characters; the role may be one that does not exist.
std::optional<ComponentId> component_id(const std::string& id);

}  // namespace hashloom::plugins
