#include <ATen/ops/arange.h>
#include <ATen/ops/full.h>
#include <ATen/ops/tensor.h>
#include <gmock/gmock.h>

#include <plugin_under_test.hpp>
#include <set>

#include "toy_data.hpp"

using namespace hashloom;
using testing::ElementsAre;

namespace {

/// Image n is grey n everywhere, so that a drawn image tells which one it is.
Tensor numbered(int64_t count, int64_t channels, int64_t height, int64_t width) {
  return at::arange(count, at::kByte).view({count, 1, 1, 1}).expand({count, channels, height, width}).contiguous();
}

Instance neighbours_of(const Tensor& bits, int64_t neighbours) {
  auto made = test::make("neighbours", "generator/neighbours", {{"neighbours", neighbours}});
  made.generator->attach(test::inputs_of(numbered(bits.size(0), 1, 2, 2), bits), at::kCPU);
  return made;
}

/// The numbers of the images drawn.
std::vector<int64_t> numbers(const Tensor& images) {
  const Tensor numbers =
      images.select(3, 0).select(2, 0).select(1, 0).add(1).mul(127.5).round().to(at::kLong).contiguous();
  return {numbers.const_data_ptr<int64_t>(), numbers.const_data_ptr<int64_t>() + numbers.numel()};
}

/// Rows 0000, 1000, 1100, 1110, 1111: row n has distance |n - m| from row m.
Tensor ladder() { return at::arange(4).unsqueeze(0) < at::arange(5).unsqueeze(1); }

std::set<int64_t> drawn(const Instance& made, const Tensor& code, int64_t anchor) {
  const Tensor codes = code.unsqueeze(0).expand({200, code.size(0)});
  const auto all = numbers(made.generator->sample(codes, at::full({200}, anchor, at::kLong), 7));
  return {all.begin(), all.end()};
}

}  // namespace

TEST(Neighbours, DrawsFromTheNearestOnly) {
  EXPECT_THAT(drawn(neighbours_of(ladder(), 2), ladder()[0], -1), ElementsAre(0, 1));
}

TEST(Neighbours, LeavesTheAnchorOut) {
  EXPECT_THAT(drawn(neighbours_of(ladder(), 2), ladder()[0], 0), ElementsAre(1, 2));
}

TEST(Neighbours, ReachesEveryImageOfATie) {
  // Rows 1 and 3 are equally far from row 2, so either may be the nearest one.
  EXPECT_THAT(drawn(neighbours_of(ladder(), 1), ladder()[2], 2), ElementsAre(1, 3));
}

TEST(Neighbours, DrawsFromAllWhereThereAreFewer) {
  EXPECT_THAT(drawn(neighbours_of(ladder(), 100), ladder()[0], 4), ElementsAre(0, 1, 2, 3));
}

TEST(Neighbours, FewerAreNearerThanTheOneDrawn) {
  constexpr int64_t kImages = 200, kNeighbours = 5;
  const Tensor bits = test::random_bits(kImages, 130);
  const auto all =
      numbers(neighbours_of(bits, kNeighbours).generator->sample(bits, at::arange(kImages, at::kLong), 11));
  for (int64_t anchor = 0; anchor < kImages; ++anchor) {
    const Tensor distances = (bits != bits[anchor]).sum(1);
    const int64_t nearer = (distances < distances[all[anchor]]).sum().item().toLong() - 1;  // the anchor itself
    EXPECT_NE(all[anchor], anchor);
    EXPECT_LT(nearer, kNeighbours);
  }
}

TEST(Neighbours, SampleDependsOnItsArgumentsAlone) {
  const Tensor bits = test::random_bits(50, 16), items = at::arange(50, at::kLong);
  const auto made = neighbours_of(bits, 5);
  const Tensor first = made.generator->sample(bits, items, 1), other = made.generator->sample(bits, items, 2);
  EXPECT_TRUE(made.generator->sample(bits, items, 1).equal(first));
  EXPECT_FALSE(other.equal(first));
}

TEST(Neighbours, GivesImagesOfTheDataSet) {
  auto made = test::make("neighbours", "generator/neighbours");
  const Tensor bits = test::random_bits(10, 16);
  made.generator->attach(test::inputs_of(numbered(10, 3, 32, 30), bits), at::kCPU);
  const Tensor images = made.generator->sample(bits, at::arange(10, at::kLong), 1);
  EXPECT_EQ(images.sizes(), (at::IntArrayRef{10, 3, 32, 30}));
  EXPECT_EQ(images.scalar_type(), at::kFloat);
}

TEST(Neighbours, GivesFeaturesWhereFeaturesAreWired) {
  auto made = test::make("neighbours", "generator/neighbours", {{"neighbours", int64_t{1}}});
  const Tensor features = test::features_of_two_kinds(5);
  made.generator->attach(test::inputs_of_features(features, ladder()), at::kCPU);
  const Tensor drawn = made.generator->sample(ladder().narrow(0, 0, 1), at::full({1}, 0, at::kLong), 7);
  EXPECT_TRUE(drawn.equal(features.narrow(0, 1, 1)));  // row 1 alone is nearest to row 0
}

TEST(Neighbours, RefusesImagesAndFeaturesAtOnce) {
  auto in = test::inputs_of(numbered(5, 1, 2, 2), ladder());
  in.features_by_port["features"] = test::features_of_two_kinds(5);
  const auto made = test::make("neighbours", "generator/neighbours");
  EXPECT_THROW(made.generator->attach(in, at::kCPU), ParameterError);
}

TEST(Neighbours, RefusesCodesOfAnotherLength) {
  const auto made = neighbours_of(ladder(), 2);
  EXPECT_THROW(made.generator->sample(test::random_bits(1, 5), at::full({1}, -1, at::kLong), 1), ShapeError);
}
