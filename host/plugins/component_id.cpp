#include <plugins/component_id.hpp>
#include <regex>

namespace hashloom::plugins {

const std::vector<std::string>& roles() {
  static const std::vector<std::string> all{"dataset", "feature", "hasher", "generator", "network", "evaluator"};
  return all;
}

std::optional<ComponentId> component_id(const std::string& id) {
  static const std::regex kId("([a-z]+)/([a-z0-9]+(-[a-z0-9]+)*)");
  std::smatch parts;
  if (id.size() > 64 || !std::regex_match(id, parts, kId)) return {};
  return ComponentId{parts[1], parts[2]};
}

}  // namespace hashloom::plugins
