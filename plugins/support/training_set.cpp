#include "training_set.hpp"

#include <fmt/format.h>

#include "pixels.hpp"

namespace hashloom::support {

TrainingSet::TrainingSet(const TrainingInputs& in, at::Device device)
    : shape_(ItemShape::of(in)), device_(device), codes_(in.codes().unpack().to(device)) {
  if (shape_.are_features())
    features_ = in.features();
  else
    images_ = &in.images();
  if (size() != codes_.size(0))
    throw ShapeError(fmt::format("{} codes do not belong to {} {}", codes_.size(0), size(),
                                 shape_.are_features() ? "features" : "images"),
                     "wire codes that were made from the same images");
  if (size() < 2)
    throw DataError(fmt::format("{} training image is too few to learn from", size()), "raise 'images' of the dataset");
}

Tensor TrainingSet::inputs(const Tensor& items) const {
  if (shape_.are_features()) return features_.index_select(0, items).to(device_);
  return to_canvas(to_floats(images_->take(items).to(device_)));
}

Tensor TrainingSet::codes(const Tensor& items) const { return codes_.index_select(0, items.to(device_)); }

std::vector<Tensor> TrainingSet::shuffled(int64_t batch, Context& run) const {
  auto batches = run.randperm(size()).split(std::min(batch, size()));
  if (batches.back().size(0) < batches.front().size(0)) batches.pop_back();
  return batches;
}

void TrainingSet::check_unchanged(const ItemShape& shape, int64_t bits) const {
  if (shape != shape_ || bits != this->bits())
    throw ShapeError("images, features or codes have another shape than in the last round", "use fresh: true");
}

Tensor to_signs(const Tensor& bits) { return bits.to(at::kFloat).mul_(2).sub_(1); }

}  // namespace hashloom::support
