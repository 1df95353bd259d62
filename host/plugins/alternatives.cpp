#include <plugins/alternatives.hpp>

namespace hashloom::plugins {

std::vector<std::string> alternatives(const Schema& schema) {
  std::vector<std::string> names;
  bool has_images = false, has_features = false;
  for (const auto& input : schema.inputs()) {
    const bool is_images = input.type == port::kImages, is_features = input.type == port::kFeatures;
    if (!is_images && !is_features) continue;
    if (input.need != Need::optional) return {};
    has_images |= is_images;
    has_features |= is_features;
    names.push_back(input.name);
  }
  return has_images && has_features ? names : std::vector<std::string>{};
}

}  // namespace hashloom::plugins
