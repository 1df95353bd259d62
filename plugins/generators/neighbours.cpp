#include <ATen/ops/empty.h>
#include <fmt/format.h>

#include <algorithm>
#include <hashloom/plugin.hpp>
#include <random>
#include <support/in_parallel.hpp>
#include <support/item_shape.hpp>
#include <support/pixels.hpp>

#include "nearest_codes.hpp"

using namespace hashloom;

/// The control without a GAN: draws one of the real training images, or features, that are nearest to a code, so that
/// what the neighbourhood of a code teaches can be told from what a GAN adds. Learns nothing.
class Neighbours final : public Generator {
 public:
  static Schema schema() {
    return Schema("Draws one of the real images nearest in code; the control of a GAN")
        .param("neighbours", 5, between(1, 10000), "nearest images to choose from, the one that asks left out")
        .input("images", port::kImages, Need::optional, "images to draw from")
        .input("features", port::kFeatures, Need::optional, "features to draw from, in place of images")
        .input("codes", port::kCodes, Need::required, "their codes");
  }
  explicit Neighbours(const Params& p) : neighbours_(p.integer("neighbours")) {}

  void train(const TrainingInputs& in, Context& run) override { attach(in, run.device()); }
  void attach(const TrainingInputs& in, at::Device device) override;
  Tensor sample(const Tensor& codes, const Tensor& items, uint64_t seed) const override;

 private:
  Tensor choose(const Codes& wanted, const Tensor& items, uint64_t seed) const;

  int64_t neighbours_;
  at::Device device_ = at::kCPU;
  ImagesPtr images_;
  Tensor features_;  // where there are no images
  NearestCodes nearest_;
};

void Neighbours::attach(const TrainingInputs& in, at::Device device) {
  device_ = device;
  const bool has_features = support::ItemShape::of(in).are_features();
  images_ = has_features ? nullptr : in.images_by_port.at("images");
  features_ = has_features ? in.features().to(device) : Tensor();
  nearest_ = NearestCodes(in.codes());
  const int64_t items = in.codes().items(), there = has_features ? features_.size(0) : images_->size();
  if (items != there)
    throw ShapeError(fmt::format("{} codes do not belong to {} {}", items, there, has_features ? "features" : "images"),
                     "wire codes that were made from the same images");
  if (items < 2)
    throw DataError(fmt::format("{} training image has no neighbour", items), "raise 'images' of the dataset");
}

namespace {

struct Draw {
  uint64_t rank, luck;
};

std::vector<Draw> draws(int64_t count, uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<Draw> all(count);
  for (auto& draw : all) draw = {random(), random()};
  return all;
}

}  // namespace

Tensor Neighbours::choose(const Codes& wanted, const Tensor& items, uint64_t seed) const {
  const Tensor anchors = items.cpu().contiguous();
  const int64_t* anchor = anchors.const_data_ptr<int64_t>();
  const auto luck = draws(wanted.items(), seed);
  Tensor chosen = at::empty({wanted.items()}, at::kLong);
  int64_t* out = chosen.mutable_data_ptr<int64_t>();
  support::in_parallel(0, wanted.items(), [&](int64_t begin, int64_t end) {
    for (int64_t n = begin; n < end; ++n) {
      const int64_t others = nearest_.codes().items() - (anchor[n] >= 0 ? 1 : 0);
      const int64_t rank = luck[n].rank % std::min(neighbours_, others);
      out[n] = nearest_.pick(wanted.row(n), anchor[n], rank, luck[n].luck);
    }
  });
  return chosen;
}

Tensor Neighbours::sample(const Tensor& codes, const Tensor& items, uint64_t seed) const {
  if (!images_ && !features_.defined())
    throw std::logic_error("generator/neighbours is sampled from before it is attached");
  const Codes wanted = Codes::pack(codes);
  if (wanted.bits() != nearest_.codes().bits())
    throw ShapeError(fmt::format("the training images have codes of {} bits, these have {}", nearest_.codes().bits(),
                                 wanted.bits()));
  const Tensor chosen = choose(wanted, items, seed);
  if (features_.defined()) return features_.index_select(0, chosen.to(device_));
  return support::to_floats(images_->take(chosen).to(device_));
}

HASHLOOM_PLUGIN("neighbours", "1.0.0", component<Neighbours>("generator/neighbours"))
