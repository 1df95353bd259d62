#include <ATen/ops/full.h>
#include <gmock/gmock.h>

#include <limits>
#include <plugin_under_test.hpp>

#include "resumable_context.hpp"
#include "small_trainers.hpp"
#include "toy_data.hpp"

using namespace hashloom;
using test::ResumableContext;
using test::saved_state;
using testing::Contains;
using testing::IsEmpty;

namespace {

constexpr int64_t kImages = 128, kSide = 12, kBits = 16;

Instance small_pgh(int64_t epochs) {
  return test::make("pgh", "network/pgh", {{"epochs", epochs}, {"batch", int64_t{32}}, {"width", int64_t{4}}});
}

TrainingInputs toy_inputs() {
  return test::with_neighbours(
      test::inputs_of(test::two_kinds(kImages, kSide), test::codes_of_two_kinds(kImages, kBits)));
}

}  // namespace

TEST(Pgh, LearnsToTellTwoKindsOfImages) {
  const auto made = small_pgh(10);
  ResumableContext run(*made.component);
  made.network->train(toy_inputs(), run);
  const Tensor codes = made.network->bits(test::two_kinds(64, kSide, 99));
  EXPECT_LT(run.metrics["triplet loss"].back(), run.metrics["triplet loss"].front() / 2);
  test::expect_two_kinds_apart(codes);
}

TEST(Pgh, ResumedTrainingGivesTheSameBits) {
  test::expect_resuming_gives_the_same_bits(small_pgh(4), small_pgh(4), toy_inputs());
}

TEST(Pgh, ALoadedNetworkGivesTheSameCodes) {
  const auto made = small_pgh(1), loaded = small_pgh(1);
  ResumableContext run(*made.component);
  made.network->train(toy_inputs(), run);
  test::load_state(*loaded.component, saved_state(*made.component));
  const Tensor images = test::two_kinds(64, kSide, 99);
  EXPECT_TRUE(loaded.network->bits(images).equal(made.network->bits(images)));
}

TEST(Pgh, ACodeDependsOnItsImageAlone) {
  const auto made = small_pgh(2);
  ResumableContext run(*made.component);
  made.network->train(toy_inputs(), run);
  const Tensor images = test::two_kinds(64, kSide, 99);
  EXPECT_TRUE(made.network->bits(images.narrow(0, 5, 1)).equal(made.network->bits(images).narrow(0, 5, 1)));
}

TEST(Pgh, TrainsInReducedPrecision) {
  const auto made = small_pgh(10);
  ResumableContext run(*made.component);
  run.use_bf16 = true;
  made.network->train(toy_inputs(), run);
  EXPECT_LT(run.metrics["triplet loss"].back(), run.metrics["triplet loss"].front() / 2);
}

TEST(Pgh, WarnsWhenCodesCollapse) {
  const auto made = small_pgh(1);
  ResumableContext run(*made.component);
  const Tensor one_image = at::full({kImages, 1, kSide, kSide}, 99, at::kByte);
  made.network->train(test::with_neighbours(test::inputs_of(one_image, test::random_bits(kImages, kBits))), run);
  EXPECT_THAT(run.troubles, Contains("codes collapse"));
}

TEST(Pgh, WarnsWhenCodesFreeze) {
  const auto made = small_pgh(12);
  ResumableContext first(*made.component), second(*made.component, 1, 2);
  const Tensor images = test::two_kinds(kImages, kSide);
  made.network->train(test::with_neighbours(test::inputs_of(images, test::codes_of_two_kinds(kImages, kBits))), first);
  const auto still =
      test::make("pgh", "network/pgh", {{"epochs", int64_t{1}}, {"width", int64_t{4}}, {"learning_rate", 1e-8}});
  test::load_state(*still.component, saved_state(*made.component));
  still.network->train(test::with_neighbours(test::inputs_of(images, made.network->bits(images))), second);
  EXPECT_THAT(second.troubles, Contains("codes freeze"));
}

TEST(Pgh, StopsAtALossThatIsNoNumber) {
  const auto in = toy_inputs();
  const auto made = small_pgh(1);
  ResumableContext run(*made.component);
  made.network->train(in, run);
  auto broken = saved_state(*made.component);
  broken.at("network.head.bias").fill_(std::numeric_limits<float>::quiet_NaN());
  test::load_state(*made.component, broken);
  EXPECT_THROW(made.network->train(in, run), TrainingError);
}

TEST(Pgh, RefusesImagesOfAnotherSize) {
  const auto made = small_pgh(1);
  ResumableContext run(*made.component);
  made.network->train(toy_inputs(), run);
  EXPECT_THROW(made.network->bits(test::two_kinds(4, 16)), ShapeError);
}
