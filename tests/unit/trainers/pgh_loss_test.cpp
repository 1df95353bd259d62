#include <gtest/gtest.h>

#include <cmath>
#include <networks/pgh_loss.hpp>

#include "toy_data.hpp"

using namespace hashloom;

namespace {

constexpr int64_t kImages = 6, kBits = 5;

using Margin = PghLossOptions::Margin;

/// The formulas of pgh_loss.hpp by loops over double [n][k].
double slow_triplet(const Tensor& real, const Tensor& synthetic, const Tensor& codes, const PghLossOptions& options) {
  const auto x = real.accessor<double, 2>(), g = synthetic.accessor<double, 2>();
  const auto b = codes.accessor<bool, 2>();
  double sum_of_means = 0;
  int anchors = 0;
  for (int i = 0; i < x.size(0); ++i) {
    double hinges = 0;
    int negatives = 0;
    for (int j = 0; j < x.size(0); ++j) {
      double apart = 0, own = 0;
      int hamming = 0;
      for (int c = 0; c < x.size(1); ++c) {
        apart += std::fabs(x[i][c] - g[j][c]);
        own += std::fabs(x[i][c] - g[i][c]);
        hamming += b[i][c] != b[j][c];
      }
      if (hamming == 0) continue;
      const double margin =
          options.margin == Margin::graded ? options.graded_margin * hamming : options.gamma * x.size(1);
      hinges += std::max(0.0, margin - apart + own);
      ++negatives;
    }
    if (negatives == 0) continue;
    sum_of_means += hinges / negatives;
    ++anchors;
  }
  return anchors ? sum_of_means / anchors : 0;
}

double slow_quantisation(const Tensor& real, const Tensor& synthetic) {
  double sum = 0;
  for (const auto& outputs : {real, synthetic}) {
    const auto h = outputs.accessor<double, 2>();
    for (int i = 0; i < h.size(0); ++i)
      for (int c = 0; c < h.size(1); ++c) sum += std::pow(h[i][c] - (h[i][c] > 0.5 ? 1 : 0), 2);
  }
  return sum / real.size(0);
}

double slow_total(const Tensor& real, const Tensor& synthetic, const Tensor& codes, const PghLossOptions& options) {
  return slow_triplet(real, synthetic, codes, options) + options.quantisation * slow_quantisation(real, synthetic);
}

/// Outputs in (0, 1), codes of which two are equal.
struct PghLossTest : testing::TestWithParam<Margin> {
  PghLossTest() {
    codes[1].copy_(codes[0]);
    options.margin = GetParam();
    options.quantisation = 0.3;
  }
  Tensor outputs(uint64_t seed) const {
    return test::random_pixels(kImages, 1, 1, kBits, seed).view({kImages, kBits}).to(at::kDouble) / 255.5 + 0.001;
  }
  Tensor real = outputs(1), synthetic = outputs(2), codes = test::random_bits(kImages, kBits, 3);
  PghLossOptions options;
};

/// Central differences of slow_total over each element of `at`, which is `real` or `synthetic` themselves.
Tensor slow_gradient(PghLossTest& t, Tensor& at) {
  constexpr double kStep = 1e-6;
  Tensor gradient = at.clone();
  auto values = at.accessor<double, 2>(), slopes = gradient.accessor<double, 2>();
  for (int i = 0; i < kImages; ++i)
    for (int c = 0; c < kBits; ++c) {
      const double here = values[i][c];
      values[i][c] = here + kStep;
      const double above = slow_total(t.real, t.synthetic, t.codes, t.options);
      values[i][c] = here - kStep;
      const double below = slow_total(t.real, t.synthetic, t.codes, t.options);
      values[i][c] = here;
      slopes[i][c] = (above - below) / (2 * kStep);
    }
  return gradient;
}

}  // namespace

TEST_P(PghLossTest, EqualsTheFormulasByLoops) {
  const PghLoss loss = pgh_loss(real, synthetic, codes, options);
  EXPECT_NEAR(loss.triplet.item().toDouble(), slow_triplet(real, synthetic, codes, options), 1e-6);
  EXPECT_NEAR(loss.quantisation.item().toDouble(), slow_quantisation(real, synthetic), 1e-6);
  EXPECT_NEAR(loss.total.item().toDouble(), slow_total(real, synthetic, codes, options), 1e-6);
}

TEST_P(PghLossTest, HasTheGradientOfFiniteDifferences) {
  Tensor x = real.clone().set_requires_grad(true), g = synthetic.clone().set_requires_grad(true);
  pgh_loss(x, g, codes, options).total.backward();
  EXPECT_TRUE(x.grad().allclose(slow_gradient(*this, real), 1e-4, 1e-6)) << "of the real images";
  EXPECT_TRUE(g.grad().allclose(slow_gradient(*this, synthetic), 1e-4, 1e-6)) << "of the synthetic images";
}

TEST_P(PghLossTest, HasNoTripletsAmongImagesOfOneCode) {
  const Tensor one_code = codes.narrow(0, 0, 1).expand({kImages, kBits});
  EXPECT_EQ(pgh_loss(real, synthetic, one_code, options).triplet.item().toDouble(), 0);
}

INSTANTIATE_TEST_SUITE_P(Margins, PghLossTest, testing::Values(Margin::constant, Margin::graded),
                         [](const auto& info) { return info.param == Margin::graded ? "Graded" : "Constant"; });
