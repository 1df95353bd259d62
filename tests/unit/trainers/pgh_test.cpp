#include <ATen/ops/full.h>
#include <gmock/gmock.h>

#include <limits>
#include <plugin_under_test.hpp>

#include "resumable_context.hpp"
#include "toy_data.hpp"

using namespace hashloom;
using test::ResumableContext;
using test::same_bits;
using test::saved_state;
using testing::Contains;
using testing::IsEmpty;

namespace {

constexpr int64_t kImages = 128, kSide = 12, kBits = 16;

Instance small_pgh(int64_t epochs) {
  return test::make("pgh", "network/pgh", {{"epochs", epochs}, {"batch", int64_t{32}}, {"width", int64_t{4}}});
}

/// With the control as the generator.
TrainingInputs with_neighbours(const Tensor& pixels, const Tensor& codes) {
  auto in = test::inputs_of(pixels, codes);
  const auto made = test::make("neighbours", "generator/neighbours");
  made.generator->attach(in, at::kCPU);
  in.generators_by_port["generator"] = GeneratorPtr(made.component, made.generator);
  return in;
}

TrainingInputs toy_inputs() {
  return with_neighbours(test::two_kinds(kImages, kSide), test::codes_of_two_kinds(kImages, kBits));
}

/// Mean number of bits that differ between codes of `a` and of `b`.
double distance(const Tensor& a, const Tensor& b) {
  return (a.unsqueeze(1) != b.unsqueeze(0)).sum(2).to(at::kDouble).mean().item().toDouble();
}

Tensor even(const Tensor& rows) { return rows.slice(0, 0, rows.size(0), 2); }
Tensor odd(const Tensor& rows) { return rows.slice(0, 1, rows.size(0), 2); }

}  // namespace

TEST(Pgh, LearnsToTellTwoKindsOfImages) {
  const auto made = small_pgh(10);
  ResumableContext run(*made.component);
  made.network->train(toy_inputs(), run);
  const Tensor codes = made.network->bits(test::two_kinds(64, kSide, 99));
  EXPECT_LT(run.metrics["triplet loss"].back(), run.metrics["triplet loss"].front() / 2);
  EXPECT_GT(distance(even(codes), odd(codes)), 2 * distance(even(codes), even(codes)) + 2);
}

TEST(Pgh, ResumedTrainingGivesTheSameBits) {
  const auto in = toy_inputs();
  const auto straight = small_pgh(4), resumed = small_pgh(4);
  ResumableContext whole(*straight.component), half(*resumed.component);
  straight.network->train(in, whole);
  half.resume_after(2, whole.saved.at(1));
  resumed.network->train(in, half);
  EXPECT_EQ(half.saved.size(), 2u);
  EXPECT_TRUE(same_bits(saved_state(*resumed.component), saved_state(*straight.component)));
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
  made.network->train(with_neighbours(one_image, test::random_bits(kImages, kBits)), run);
  EXPECT_THAT(run.troubles, Contains("codes collapse"));
}

TEST(Pgh, WarnsWhenCodesFreeze) {
  const auto made = small_pgh(12);
  ResumableContext first(*made.component), second(*made.component, 1, 2);
  const Tensor images = test::two_kinds(kImages, kSide);
  made.network->train(with_neighbours(images, test::codes_of_two_kinds(kImages, kBits)), first);
  const auto still =
      test::make("pgh", "network/pgh", {{"epochs", int64_t{1}}, {"width", int64_t{4}}, {"learning_rate", 1e-8}});
  test::load_state(*still.component, saved_state(*made.component));
  still.network->train(with_neighbours(images, made.network->bits(images)), second);
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
