#include <ATen/ops/allclose.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/equal.h>
#include <ATen/ops/eye.h>
#include <ATen/ops/tensor.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <plugin_under_test.hpp>

namespace hashloom::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;

/// 300 points of 12 dimensions whose variances fall from 144 to 1, away from the origin.
Tensor points() {
  RecordingContext data(3);
  return data.randn({300, 12}) * at::arange(12, 0, -1, at::kFloat) + 5;
}

Instance fitted(const Tensor& x, int64_t iterations = 50, uint64_t seed = 1, int64_t bits = 8) {
  Instance itq = make("itq", "hasher/itq", {{"bits", bits}, {"iterations", iterations}});
  RecordingContext run(seed);
  itq.hasher->fit(x, run);
  return itq;
}

std::map<std::string, Tensor> state(const Instance& itq) {
  State saved;
  itq.component->state(saved);
  return saved.tensors();
}

/// Mean over points of the sum over bits of (|v| - 1)^2, which is ||sign(v) - v||^2, point by point.
double quantisation_error(const Instance& itq, const Tensor& x) {
  const auto learned = state(itq);
  const Tensor v = (x - learned.at("mean")).matmul(learned.at("projection")).to(at::kDouble);
  double sum = 0;
  for (int64_t n = 0; n < v.size(0); ++n)
    for (int64_t k = 0; k < v.size(1); ++k) sum += std::pow(std::abs(v[n][k].item<double>()) - 1, 2);
  return sum / static_cast<double>(v.size(0));
}

TEST(Itq, DirectionsAreOrthonormal) {
  const Tensor w = state(fitted(points())).at("projection");
  EXPECT_TRUE(at::allclose(w.t().matmul(w), at::eye(8), 1e-5, 1e-5));
}

TEST(Itq, KeepsTheSpaceOfLargestVariance) {
  const Tensor x = points(), w = state(fitted(x)).at("projection");
  const Tensor centred = x - x.mean(0);
  const double kept = centred.matmul(w).square().sum().item<double>(), all = centred.square().sum().item<double>();
  // Variances 144, 121, ..., 1: the first eight hold 620 of 650, 95.4 %; a sample's directions hold no less of the
  // sample.
  EXPECT_GT(kept / all, 0.945);
}

TEST(Itq, MoreIterationsNeverQuantiseWorse) {
  const Tensor x = points();
  std::vector<double> errors;
  for (const int64_t iterations : {0, 1, 2, 3, 5, 10, 50})
    errors.push_back(quantisation_error(fitted(x, iterations), x));
  EXPECT_TRUE(std::is_sorted(errors.rbegin(), errors.rend())) << testing::PrintToString(errors);
  EXPECT_LT(errors.back(), errors.front());
}

/// The eight corners of a cube of side 2, turned by 0.5 about one axis and by 0.3 about another.
Tensor turned_cube() {
  const double a = std::cos(.5), b = std::sin(.5), c = std::cos(.3), d = std::sin(.3);
  const Tensor first = at::tensor({a, b, 0., -b, a, 0., 0., 0., 1.}, at::kFloat).view({3, 3});
  const Tensor second = at::tensor({1., 0., 0., 0., c, d, 0., -d, c}, at::kFloat).view({3, 3});
  const Tensor corner = at::arange(8, at::kLong).unsqueeze(1), weight = at::tensor({1, 2, 4}, at::kLong);
  return (corner.div(weight, "floor").remainder(2) * 2 - 1).to(at::kFloat).matmul(first).matmul(second);
}

TEST(Itq, FindsTheRotationOfATurnedCube) {
  const Tensor x = turned_cube();
  EXPECT_NEAR(quantisation_error(fitted(x, 50, 1, 3), x), 0, 1e-6);
  EXPECT_GT(quantisation_error(fitted(x, 0, 1, 3), x), 0.1);
}

TEST(Itq, BitIsTheSideOfItsHyperplane) {
  const Tensor x = points();
  const Instance itq = fitted(x);
  const auto learned = state(itq);
  const Tensor bits = itq.hasher->bits(x);
  double side = 0;
  for (int64_t d = 0; d < 12; ++d)
    side += (x[4][d] - learned.at("mean")[d]).item<double>() * learned.at("projection")[d][6].item<double>();
  EXPECT_EQ(bits[4][6].item<bool>(), side > 0);
}

TEST(Itq, MeanIsThatOfTheTrainingSplit) {
  const Tensor x = points();
  EXPECT_TRUE(at::allclose(state(fitted(x)).at("mean"), x.mean(0), 1e-5, 1e-5));
}

TEST(Itq, StateGivesTheSameBits) {
  const Tensor x = points();
  const Instance first = fitted(x), second = make("itq", "hasher/itq", {{"bits", int64_t{8}}});
  State loading(state(first));
  second.component->state(loading);
  EXPECT_TRUE(at::equal(first.hasher->bits(x), second.hasher->bits(x)));
}

TEST(Itq, FollowsTheSeed) {
  const Tensor x = points();
  EXPECT_TRUE(at::equal(fitted(x, 2, 1).hasher->bits(x), fitted(x, 2, 1).hasher->bits(x)));
  EXPECT_FALSE(at::equal(fitted(x, 2, 1).hasher->bits(x), fitted(x, 2, 2).hasher->bits(x)));
}

TEST(Itq, MoreBitsThanDimensionsIsTheParametersMistake) {
  try {
    fitted(points().slice(1, 0, 7));
    FAIL() << "not refused";
  } catch (const ParameterError& e) {
    EXPECT_THAT(std::string(e.what()), AllOf(HasSubstr("bits is 8"), HasSubstr("7 dimensions")));
    EXPECT_THAT(e.remedy(), AllOf(HasSubstr("at most 7"), HasSubstr("hasher/lsh")));
  }
}

}  // namespace
}  // namespace hashloom::test
