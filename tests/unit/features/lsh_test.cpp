#include <ATen/ops/equal.h>
#include <ATen/ops/tensor.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <plugin_under_test.hpp>

namespace hashloom::test {
namespace {

Instance fitted(const Tensor& x, int64_t bits, uint64_t seed = 1) {
  Instance lsh = make("lsh", "hasher/lsh", {{"bits", bits}});
  RecordingContext run(seed);
  lsh.hasher->fit(x, run);
  return lsh;
}

TEST(Lsh, BitsDifferAsOftenAsTheAngleOverPi) {
  const double angle = 0.7;
  const Tensor mean_zero = at::tensor({1., 0., -1., 0., 0., 2., 0., -2.}, at::kFloat).view({4, 2});
  const Tensor pair = at::tensor({1., 0., std::cos(angle), std::sin(angle)}, at::kFloat).view({2, 2});
  const Tensor bits = fitted(mean_zero, 4096).hasher->bits(pair);
  const double differing = (bits[0] != bits[1]).to(at::kDouble).mean().item<double>();
  // 4096 tosses of p = 0.223 have a deviation of 0.0065; four of them are allowed.
  EXPECT_NEAR(differing, angle / std::numbers::pi, 0.026);
}

TEST(Lsh, StateGivesTheSameBits) {
  RecordingContext data(7);
  const Tensor x = data.randn({50, 9});
  const Instance first = fitted(x, 24), second = make("lsh", "hasher/lsh", {{"bits", int64_t{24}}});
  State saved;
  first.component->state(saved);
  State loading(saved.tensors());
  second.component->state(loading);
  EXPECT_TRUE(at::equal(first.hasher->bits(x), second.hasher->bits(x)));
}

TEST(Lsh, FollowsTheSeed) {
  RecordingContext data(7);
  const Tensor x = data.randn({50, 9});
  EXPECT_TRUE(at::equal(fitted(x, 24, 1).hasher->bits(x), fitted(x, 24, 1).hasher->bits(x)));
  EXPECT_FALSE(at::equal(fitted(x, 24, 1).hasher->bits(x), fitted(x, 24, 2).hasher->bits(x)));
}

}  // namespace
}  // namespace hashloom::test
