#include "item_shape.hpp"

#include <fmt/format.h>

namespace hashloom::support {

ItemShape ItemShape::of(const TrainingInputs& in) {
  const bool has_images = in.has(port::kImages), has_features = in.has(port::kFeatures);
  if (has_images == has_features)
    throw ParameterError(has_images ? "both 'images' and 'features' are wired" : "'images' or 'features' is missing",
                         "wire one of them");
  if (has_features) return {.dimensions = in.features().size(1)};
  const auto spec = in.images().spec();
  return {.images = {spec.channels, spec.height, spec.width}};  // how they were fitted is no part of their shape
}

std::string ItemShape::text() const {
  if (are_features()) return fmt::format("features of {} numbers", dimensions);
  return fmt::format("images of {} x {} x {}", images.channels, images.height, images.width);
}

void ItemShape::check(const Tensor& items, const std::string& who) const {
  const bool fits = are_features() ? items.dim() == 2 && items.size(1) == dimensions
                                   : items.dim() == 4 && items.size(1) == images.channels &&
                                         items.size(2) == images.height && items.size(3) == images.width;
  if (!fits)
    throw ShapeError(fmt::format("{} learns from {}, these are {}", who, text(), describe(items)),
                     are_features() ? "give it the features that it learned from" : "fit them to the data set's size");
}

void ItemShape::state(State& s) {
  s("channels", images.channels)("height", images.height)("width", images.width)("dimensions", dimensions);
}

}  // namespace hashloom::support
