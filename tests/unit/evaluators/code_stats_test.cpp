#include <ATen/ops/cat.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "inputs.hpp"
#include "plugin_under_test.hpp"

namespace hashloom::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

RecordingContext evaluated(const Codes& train) {
  EvaluationInputs in;
  in.codes_by_port["codes"].train = train;
  RecordingContext run;
  make("code_stats", "evaluator/code-stats").evaluator->evaluate(in, run);
  return run;
}

double figure(const RecordingContext& run, const std::string& name) { return run.metrics.at(name).at(0); }

/// Pearson's correlation of two columns of 0 and 1, by definition.
double correlation(const Tensor& bits, int64_t a, int64_t b) {
  const auto n = static_cast<double>(bits.size(0));
  double mean_a = 0, mean_b = 0, ab = 0, aa = 0, bb = 0;
  for (int64_t i = 0; i < bits.size(0); ++i) {
    mean_a += bits[i][a].item<bool>() / n;
    mean_b += bits[i][b].item<bool>() / n;
  }
  for (int64_t i = 0; i < bits.size(0); ++i) {
    const double x = bits[i][a].item<bool>() - mean_a, y = bits[i][b].item<bool>() - mean_b;
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return ab / std::sqrt(aa * bb);
}

TEST(CodeStats, CorrelationIsTheMeanOverPairsOfBits) {
  const Codes codes = random_codes(60, 5, 1);
  const Tensor bits = codes.unpack();
  double sum = 0;
  for (int64_t a = 0; a < 5; ++a)
    for (int64_t b = a + 1; b < 5; ++b) sum += std::abs(correlation(bits, a, b));
  EXPECT_NEAR(figure(evaluated(codes), "bit correlation"), sum / 10, 1e-12);
}

TEST(CodeStats, CorrelationAddsUpOverMoreItemsThanOnePart) {
  const Codes once = random_codes(100, 70, 2);
  const Codes often = Codes::pack(at::cat(std::vector<Tensor>(400, once.unpack())));
  EXPECT_NEAR(figure(evaluated(often), "bit correlation"), figure(evaluated(once), "bit correlation"), 1e-12);
}

TEST(CodeStats, CorrelationLeavesConstantBitsOut) {
  // Bits 0 and 2 are each other's opposite, bit 1 is constant.
  EXPECT_NEAR(figure(evaluated(codes_of({"110", "011", "110", "011"})), "bit correlation"), 1, 1e-12);
}

TEST(CodeStats, BalanceIsTheMeanDistanceFromHalf) {
  // Shares 1, 1/2, 1/4: |2p - 1| = 1, 0, 1/2.
  EXPECT_DOUBLE_EQ(figure(evaluated(codes_of({"111", "110", "100", "100"})), "balance"), 0.5);
}

TEST(CodeStats, EntropyIsThatOfABit) {
  // Shares 1, 1/2, 1/4: 0, 1 and 2/4 + 3/4 log2(4/3) bits.
  const double quarter = 0.5 + 0.75 * std::log2(4.0 / 3);
  EXPECT_NEAR(figure(evaluated(codes_of({"111", "110", "100", "100"})), "entropy"), (0 + 1 + quarter) / 3, 1e-12);
}

TEST(CodeStats, CountsDistinctCodesAndTheLargestShare) {
  const auto run = evaluated(codes_of({"111", "110", "100", "100"}));
  EXPECT_EQ(figure(run, "distinct codes"), 3);
  EXPECT_EQ(figure(run, "largest code"), 0.5);
}

TEST(CodeStats, TellsCodesApartInEveryWord) {
  const std::string zeros(129, '0');
  EXPECT_EQ(figure(evaluated(codes_of({zeros + "0", zeros + "1", "1" + zeros})), "distinct codes"), 3);
}

TEST(CodeStats, HealthyCodesGiveNoWarning) { EXPECT_THAT(evaluated(random_codes(500, 16, 3)).warnings, IsEmpty()); }

TEST(CodeStats, WarnsWhenBitsRepeatEachOther) {
  const Tensor bits = random_codes(500, 8, 4).unpack();
  const auto run =
      evaluated(Codes::pack(at::cat({bits.narrow(1, 0, 1), bits.narrow(1, 0, 1), bits.narrow(1, 0, 1)}, 1)));
  EXPECT_THAT(run.warnings,
              ElementsAre(HasSubstr("codes collapse: mean absolute correlation of bits 1.00, over 0.35")));
}

TEST(CodeStats, WarnsWhenFewCodesAreLeft) {
  const Codes four = random_codes(4, 64, 5);
  const auto run = evaluated(Codes::pack(at::cat(std::vector<Tensor>(200, four.unpack()))));
  ASSERT_EQ(run.warnings.size(), 1U);
  EXPECT_THAT(run.warnings[0], HasSubstr("codes collapse"));
}

TEST(CodeStats, WarnsWhenAllCodesAreTheSame) {
  EXPECT_THAT(evaluated(codes_of({"01", "01", "01"})).warnings,
              ElementsAre(HasSubstr("codes collapse: 1 distinct codes of 3 possible")));
}

TEST(CodeStats, OneItemIsNoCollapse) { EXPECT_THAT(evaluated(codes_of({"0"})).warnings, IsEmpty()); }

TEST(CodeStats, DescribesCodesOf4096Bits) {
  EXPECT_LT(figure(evaluated(random_codes(200, 4096, 6)), "bit correlation"), 0.1);
}

TEST(CodeStats, RefusesAnEmptyTrainingSet) { EXPECT_THROW(evaluated(Codes::from_words({}, 0, 8)), ShapeError); }

}  // namespace
}  // namespace hashloom::test
