#include <ATen/autocast_mode.h>
#include <gtest/gtest.h>

#include <hashloom/train.hpp>

#include "plugin_under_test.hpp"

namespace hashloom::test {
namespace {

at::ScalarType type_of_a_product() { return at::ones({4, 4}).matmul(at::ones({4, 4})).scalar_type(); }

RecordingContext context(bool bf16) {
  RecordingContext run;
  run.use_bf16 = bf16;
  return run;
}

TEST(Autocast, RunsProductsInBfloat16WhereTheRunAllowsIt) {
  const Autocast scope(context(true));
  EXPECT_EQ(type_of_a_product(), at::kBFloat16);
}

TEST(Autocast, KeepsFloat32WhereTheRunDoesNot) {
  const Autocast scope(context(false));
  EXPECT_EQ(type_of_a_product(), at::kFloat);
}

TEST(Autocast, EndsWithItsScope) {
  { const Autocast scope(context(true)); }
  EXPECT_EQ(type_of_a_product(), at::kFloat);
}

TEST(Autocast, AnInnerScopeRestoresTheOuterOne) {
  const Autocast outer(context(true));
  { const Autocast inner(context(true)); }
  EXPECT_EQ(type_of_a_product(), at::kBFloat16);
}

TEST(Autocast, RestoresWhatWasSetWhenAnErrorLeavesTheScope) {
  try {
    const Autocast scope(context(true));
    throw TrainingError("the loss is not a number");
  } catch (const TrainingError&) {
  }
  EXPECT_FALSE(at::autocast::is_autocast_enabled(at::kCPU));
}

TEST(Autocast, GivesGradientsOfTheWeightsType) {
  Tensor weight = at::ones({4, 4}).requires_grad_();
  Tensor loss;
  {
    const Autocast scope(context(true));
    loss = at::ones({2, 4}).matmul(weight).to(at::kFloat).sum();
  }
  loss.backward();
  EXPECT_EQ(weight.grad().scalar_type(), at::kFloat);
  EXPECT_TRUE(weight.grad().eq(2).all().item<bool>());
}

}  // namespace
}  // namespace hashloom::test
