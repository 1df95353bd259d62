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

namespace {

constexpr int64_t kItems = 128, kBits = 8;

Instance small_mlp(int64_t epochs, double learning_rate = 5e-4) {
  return test::make("mlp", "generator/mlp",
                    {{"epochs", epochs},
                     {"batch", int64_t{32}},
                     {"hidden", int64_t{32}},
                     {"noise", int64_t{8}},
                     {"learning_rate", learning_rate}});
}

TrainingInputs toy_inputs() {
  return test::inputs_of_features(test::features_of_two_kinds(kItems), test::codes_of_two_kinds(kItems, kBits));
}

Instance trained(int64_t epochs, double learning_rate = 5e-4) {
  auto made = small_mlp(epochs, learning_rate);
  ResumableContext run(*made.component);
  made.generator->train(toy_inputs(), run);
  return made;
}

Tensor sample(const Instance& made, const Tensor& codes, uint64_t seed) {
  return made.generator->sample(codes, at::full({codes.size(0)}, -1, at::kLong), seed);
}

}  // namespace

TEST(Mlp, DrawsFeaturesOfTheKindThatTheCodeNames) {
  const Tensor drawn = sample(trained(100, 2e-3), test::codes_of_two_kinds(64, kBits), 1);
  ASSERT_EQ(drawn.sizes(), (at::IntArrayRef{64, 6}));
  const Tensor first = drawn.select(1, 0);
  EXPECT_GT(first.slice(0, 0, 64, 2).mean().item().toDouble(), 1.5);   // even items lie near 3
  EXPECT_LT(first.slice(0, 1, 64, 2).mean().item().toDouble(), -1.5);  // odd ones near -3
}

TEST(Mlp, SampleDependsOnItsArgumentsAloneAndChangesNothing) {
  const auto made = trained(1);
  const auto before = saved_state(*made.component);
  const Tensor codes = test::random_bits(40, kBits), first = sample(made, codes, 1), other = sample(made, codes, 2);
  EXPECT_TRUE(sample(made, codes, 1).equal(first));
  EXPECT_FALSE(other.equal(first));
  EXPECT_TRUE(same_bits(saved_state(*made.component), before));
}

TEST(Mlp, ASnapshotDrawsAsTheOriginal) {
  const auto made = trained(1), snapshot = small_mlp(1);
  snapshot.generator->attach(toy_inputs(), at::kCPU);
  test::load_state(*snapshot.component, saved_state(*made.component));
  const Tensor codes = test::random_bits(40, kBits);
  EXPECT_TRUE(sample(snapshot, codes, 1).equal(sample(made, codes, 1)));
}

TEST(Mlp, ResumedTrainingGivesTheSameBits) {
  test::expect_resuming_gives_the_same_bits(small_mlp(4), small_mlp(4), toy_inputs());
}

TEST(Mlp, TrainsInReducedPrecision) {
  const auto made = small_mlp(2);
  ResumableContext run(*made.component);
  run.use_bf16 = true;
  made.generator->train(toy_inputs(), run);
  EXPECT_EQ(sample(made, test::random_bits(40, kBits), 1).scalar_type(), at::kFloat);
}

TEST(Mlp, StopsAtALossThatIsNoNumber) {
  const auto made = trained(1);
  auto broken = saved_state(*made.component);
  broken.at("generator.third.bias").fill_(std::numeric_limits<float>::quiet_NaN());
  test::load_state(*made.component, broken);
  ResumableContext run(*made.component);
  EXPECT_THROW(made.generator->train(toy_inputs(), run), TrainingError);
}
