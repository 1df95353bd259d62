#include <gmock/gmock.h>

#include <plugin_under_test.hpp>

#include "resumable_context.hpp"
#include "small_trainers.hpp"
#include "toy_data.hpp"

using namespace hashloom;
using test::ResumableContext;
using test::saved_state;

namespace {

constexpr int64_t kImages = 128, kSide = 12, kBits = 16;

Instance small_joint(int64_t epochs, double lambda = 0.1, double gan_learning_rate = 5e-4) {
  return test::make("pgh_joint", "network/pgh-joint",
                    {{"epochs", epochs},
                     {"batch", int64_t{32}},
                     {"width", int64_t{4}},
                     {"gan_width", int64_t{4}},
                     {"lambda", lambda},
                     {"gan_learning_rate", gan_learning_rate}});
}

TrainingInputs toy_inputs() {
  return test::inputs_of(test::two_kinds(kImages, kSide), test::codes_of_two_kinds(kImages, kBits));
}

ResumableContext::Saved trained(const TrainingInputs& in, double lambda) {
  const auto made = small_joint(1, lambda);
  ResumableContext run(*made.component);
  made.network->train(in, run);
  return saved_state(*made.component);
}

}  // namespace

TEST(PghJoint, LearnsToTellTwoKindsOfImages) {
  const auto made = small_joint(60, 0.1, 2e-3);
  ResumableContext run(*made.component);
  made.network->train(toy_inputs(), run);
  const Tensor codes = made.network->bits(test::two_kinds(64, kSide, 99));
  EXPECT_LT(run.metrics["triplet loss"].back(), run.metrics["triplet loss"].front() / 2);
  test::expect_two_kinds_apart(codes);
}

TEST(PghJoint, TheLossOfHashingFlowsIntoTheGenerator) {
  const auto in = toy_inputs();
  const auto little = trained(in, 1e-6), much = trained(in, 10);
  EXPECT_FALSE(much.at("generator.third.weight").allclose(little.at("generator.third.weight"), 1e-3, 1e-3));
}

TEST(PghJoint, ResumedTrainingGivesTheSameBits) {
  test::expect_resuming_gives_the_same_bits(small_joint(4), small_joint(4), toy_inputs());
}

TEST(PghJoint, ALoadedNetworkGivesTheSameCodes) {
  const auto made = small_joint(1), loaded = small_joint(1);
  ResumableContext run(*made.component);
  made.network->train(toy_inputs(), run);
  test::load_state(*loaded.component, saved_state(*made.component));
  const Tensor images = test::two_kinds(64, kSide, 99);
  EXPECT_TRUE(loaded.network->bits(images).equal(made.network->bits(images)));
}

TEST(PghJoint, TrainsInReducedPrecision) {
  const auto made = small_joint(2);
  ResumableContext run(*made.component);
  run.use_bf16 = true;
  made.network->train(toy_inputs(), run);
  EXPECT_EQ(run.metrics["generator loss"].size(), 2u);
}
