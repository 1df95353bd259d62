#include <ATen/ops/full_like.h>
#include <ATen/ops/linalg_svd.h>
#include <ATen/ops/where.h>
#include <ATen/ops/zeros.h>
#include <fmt/format.h>

#include <algorithm>
#include <hashloom/plugin.hpp>
#include <support/principal_components.hpp>
#include <support/spread.hpp>

#include "thumbnail_sheet.hpp"

namespace hashloom {
namespace {

/// The centred codes of the items in their two directions of largest variance: float64 [n, 2], in bits. Each direction
/// points to where its largest weight is positive. With one bit the second direction is 0.
Tensor principal_plane(const Codes& codes, const Tensor& items) {
  const Tensor bits = codes.unpack(items).to(at::kDouble), mean = bits.mean(0);
  const Tensor directions = at::zeros({codes.bits(), 2}, at::kDouble);
  const int64_t count = std::min<int64_t>(2, codes.bits());
  directions.slice(1, 0, count).copy_(support::principal_directions(bits, mean, count));
  const Tensor largest = directions.gather(0, directions.abs().argmax(0, true));
  return (bits - mean).matmul(at::where(largest < 0, -directions, directions));
}

/// The rotation or reflection of `points` that brings them nearest to `targets`, both centred [n, 2] (Schoenemann
/// 1966): with points^T targets = U S V^T, points U V^T.
Tensor turned_towards(const Tensor& points, const Tensor& targets) {
  const auto [u, s, vt] = at::linalg_svd(points.t().matmul(targets), false);
  return points.matmul(u.matmul(vt));
}

/// Each item's class, -1 without one; of several the first. Labels are int32 [N] or bool [N, classes].
Tensor classes_of(const Tensor& labels, const Tensor& items) {
  const Tensor chosen = labels.index_select(0, items);
  if (chosen.dim() == 1) return chosen.to(at::kDouble);
  const Tensor set = chosen.to(at::kByte);
  return at::where(set.amax(1) > 0, set.argmax(1), -1).to(at::kDouble);
}

std::span<const double> numbers(const Tensor& values) {
  return {values.const_data_ptr<double>(), static_cast<size_t>(values.numel())};
}

}  // namespace

/// Where training images lie by their codes, in a plane: curve "embedding" has their places, curve "sample" their
/// indices and classes, picture "sample" the images themselves, all in the same order; the dashboard shows them
/// together. The sample is spread evenly over the training images and is the same in every round. PCA of the sample's
/// codes; with `reference` (the codes that a loop begins with) it is turned towards theirs, so that rounds can be
/// looked at one after the other.
class Embedding final : public Evaluator {
 public:
  static Schema schema() {
    return Schema("Places of training images in a plane by their codes, with the images")
        .param("points", 2000, between(2, 2000), "images shown, at the most")
        .unit("images")
        .input("codes", port::kCodes, Need::required, "codes to look at")
        .input("images", port::kImages, Need::optional, "images that have the codes")
        .input("labels", port::kLabels, Need::optional, "classes, for colours")
        .input("reference", port::kCodes, Need::optional, "codes whose places these are turned towards");
  }

  explicit Embedding(const Params& p) : points_(p.integer("points")) {}

  void evaluate(const EvaluationInputs& in, Context& run) const override {
    const Codes& codes = in.codes().train;
    check(in, codes);
    const Tensor items = support::spread(points_, codes.items());
    Tensor places = principal_plane(codes, items);
    if (in.has("reference")) places = turned_towards(places, principal_plane(in.codes("reference").train, items));
    const Tensor across = places.select(1, 0).contiguous(), up = places.select(1, 1).contiguous();
    run.curve({"embedding", "1st direction, bits", "2nd direction, bits", numbers(across), numbers(up)});
    const Tensor indices = items.to(at::kDouble);
    const Tensor classes = in.has("labels") ? classes_of(in.labels().train, items) : at::full_like(indices, -1);
    run.curve({"sample", "item", "class", numbers(indices), numbers(classes)});
    if (in.has("images"))
      run.picture({"sample", thumbnail_sheet(*in.images().train, items),
                   fmt::format("{} of {} training images, evenly spread", items.numel(), codes.items())});
  }

 private:
  static void check(const EvaluationInputs& in, const Codes& codes) {
    if (codes.items() < 2) throw ShapeError(fmt::format("{} training codes span no plane", codes.items()));
    const auto fits = [&](const char* port, int64_t items) {
      if (items != codes.items())
        throw ShapeError(fmt::format("{} training codes, but {} has {} items", codes.items(), port, items));
    };
    if (in.has("images")) fits("images", in.images().train->size());
    if (in.has("labels")) fits("labels", in.labels().train.size(0));
    if (in.has("reference")) fits("reference", in.codes("reference").train.items());
  }

  int64_t points_;
};

}  // namespace hashloom

using namespace hashloom;
HASHLOOM_PLUGIN("embedding", "1.0.0", component<Embedding>("evaluator/embedding"))
