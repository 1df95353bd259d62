#include <gmock/gmock.h>

#include <plugin_under_test.hpp>

#include "resumable_context.hpp"
#include "toy_data.hpp"

using namespace hashloom;
using test::ResumableContext;
using test::same_bits;
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

double distance(const Tensor& a, const Tensor& b) {
  return (a.unsqueeze(1) != b.unsqueeze(0)).sum(2).to(at::kDouble).mean().item().toDouble();
}

Tensor even(const Tensor& rows) { return rows.slice(0, 0, rows.size(0), 2); }
Tensor odd(const Tensor& rows) { return rows.slice(0, 1, rows.size(0), 2); }

}  // namespace

TEST(PghJoint, LearnsToTellTwoKindsOfImages) {
  const auto made = small_joint(60, 0.1, 2e-3);
  ResumableContext run(*made.component);
  made.network->train(toy_inputs(), run);
  const Tensor codes = made.network->bits(test::two_kinds(64, kSide, 99));
  EXPECT_LT(run.metrics["triplet loss"].back(), run.metrics["triplet loss"].front() / 2);
  EXPECT_GT(distance(even(codes), odd(codes)), 2 * distance(even(codes), even(codes)) + 2);
}

TEST(PghJoint, TheLossOfHashingFlowsIntoTheGenerator) {
  const auto in = toy_inputs();
  const auto little = trained(in, 1e-6), much = trained(in, 10);
  EXPECT_FALSE(much.at("generator.third.weight").allclose(little.at("generator.third.weight"), 1e-3, 1e-3));
}

TEST(PghJoint, ResumedTrainingGivesTheSameBits) {
  const auto in = toy_inputs();
  const auto straight = small_joint(4), resumed = small_joint(4);
  ResumableContext whole(*straight.component), half(*resumed.component);
  straight.network->train(in, whole);
  half.resume_after(2, whole.saved.at(1));
  resumed.network->train(in, half);
  EXPECT_TRUE(same_bits(saved_state(*resumed.component), saved_state(*straight.component)));
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
