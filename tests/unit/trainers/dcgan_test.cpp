#include <ATen/ops/full.h>
#include <gmock/gmock.h>

#include <limits>
#include <plugin_under_test.hpp>

#include "resumable_context.hpp"
#include "small_trainers.hpp"
#include "toy_data.hpp"

using namespace hashloom;
using test::ResumableContext;
using test::same_bits;
using test::saved_state;
using testing::Contains;

namespace {

constexpr int64_t kImages = 48, kBits = 8;

Instance small_dcgan(int64_t epochs, double learning_rate = 5e-4) {
  return test::make(
      "dcgan", "generator/dcgan",
      {{"epochs", epochs}, {"batch", int64_t{16}}, {"width", int64_t{4}}, {"learning_rate", learning_rate}});
}

TrainingInputs toy_inputs(int64_t channels = 1, int64_t side = 28) {
  return test::inputs_of(test::random_pixels(kImages, channels, side, side), test::random_bits(kImages, kBits));
}

Instance trained(const TrainingInputs& in) {
  auto made = small_dcgan(1);
  ResumableContext run(*made.component);
  made.generator->train(in, run);
  return made;
}

Tensor sample(const Instance& made, int64_t count, uint64_t seed) {
  return made.generator->sample(test::random_bits(count, kBits), at::full({count}, -1, at::kLong), seed);
}

}  // namespace

TEST(Dcgan, SampleDependsOnItsArgumentsAloneAndChangesNothing) {
  const auto made = trained(toy_inputs());
  const auto before = saved_state(*made.component);
  const Tensor first = sample(made, 40, 1), other = sample(made, 40, 2);
  EXPECT_TRUE(sample(made, 40, 1).equal(first));
  EXPECT_FALSE(other.equal(first));
  EXPECT_TRUE(same_bits(saved_state(*made.component), before));
}

TEST(Dcgan, SamplesLookLikeTheDataSet) {
  for (const auto& [channels, side] : {std::pair{1, 28}, std::pair{3, 32}, std::pair{1, 13}}) {
    const Tensor images = sample(trained(toy_inputs(channels, side)), 40, 1);
    EXPECT_EQ(images.sizes(), (at::IntArrayRef{40, channels, side, side}));
    EXPECT_LE(images.abs().max().item().toDouble(), 1);
  }
}

TEST(Dcgan, AFewImagesAreDrawnAloneAsInCompany) {
  const auto made = trained(toy_inputs());
  EXPECT_TRUE(sample(made, 1, 1)[0].allclose(sample(made, 2, 1)[0], 1e-4, 1e-5));
}

TEST(Dcgan, ASnapshotDrawsAsTheOriginal) {
  const auto in = toy_inputs();
  const auto made = trained(in), snapshot = small_dcgan(1);
  snapshot.generator->attach(in, at::kCPU);
  test::load_state(*snapshot.component, saved_state(*made.component));
  EXPECT_TRUE(sample(snapshot, 40, 1).equal(sample(made, 40, 1)));
}

TEST(Dcgan, ResumedTrainingGivesTheSameBits) {
  test::expect_resuming_gives_the_same_bits(small_dcgan(4), small_dcgan(4), toy_inputs());
}

TEST(Dcgan, KeepsItsWeightsFromRoundToRound) {
  const auto in = toy_inputs();
  const auto first = trained(in), second = small_dcgan(1, 1e-8);
  test::load_state(*second.component, saved_state(*first.component));
  ResumableContext run(*second.component, 2, 2);
  second.generator->train(in, run);
  const auto before = saved_state(*first.component), after = saved_state(*second.component);
  EXPECT_TRUE(after.at("generator.seed.weight").allclose(before.at("generator.seed.weight"), 0, 1e-5));
}

TEST(Dcgan, TellsProgressUpToTheLastImage) {
  const auto made = small_dcgan(1);
  ResumableContext run(*made.component);
  made.generator->train(toy_inputs(), run);
  EXPECT_EQ(run.images_done, kImages);
  EXPECT_EQ(run.images_total, kImages);
}

TEST(Dcgan, TrainsInReducedPrecision) {
  const auto made = small_dcgan(2);
  ResumableContext run(*made.component);
  run.use_bf16 = true;
  made.generator->train(toy_inputs(), run);
  EXPECT_EQ(sample(made, 40, 1).scalar_type(), at::kFloat);
  EXPECT_EQ(run.metrics["generator loss"].size(), 2u);
}

TEST(Dcgan, WarnsWhenTheDiscriminatorHasNotLearnedToReadTheCode) {
  const auto made = small_dcgan(1, 1e-8);
  ResumableContext run(*made.component);
  made.generator->train(toy_inputs(), run);
  EXPECT_THAT(run.troubles, Contains("the discriminator ignores the code"));
}

TEST(Dcgan, StopsAtALossThatIsNoNumber) {
  const auto in = toy_inputs();
  const auto made = trained(in);
  auto broken = saved_state(*made.component);
  broken.at("generator.third.bias").fill_(std::numeric_limits<float>::quiet_NaN());
  test::load_state(*made.component, broken);
  ResumableContext run(*made.component);
  EXPECT_THROW(made.generator->train(in, run), TrainingError);
}

TEST(Dcgan, RefusesImagesThatAreTooLarge) {
  const auto made = small_dcgan(1);
  ResumableContext run(*made.component);
  EXPECT_THROW(made.generator->train(toy_inputs(1, 65), run), ParameterError);
}
