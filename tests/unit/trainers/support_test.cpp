#include <ATen/ops/full.h>
#include <ATen/ops/scalar_tensor.h>
#include <ATen/ops/tensor.h>
#include <gmock/gmock.h>

#include <cmath>
#include <hashloom/train.hpp>
#include <limits>
#include <plugin_under_test.hpp>
#include <support/code_health.hpp>
#include <support/initialise.hpp>
#include <support/loss_meter.hpp>
#include <support/pixels.hpp>
#include <support/principal_space.hpp>
#include <support/training_set.hpp>

#include "toy_data.hpp"

using namespace hashloom;
using support::CodeHealth;
using support::Trouble;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;

TEST(Pixels, BlackIsMinusOneAndWhiteIsOne) {
  EXPECT_FLOAT_EQ(support::to_floats(at::full({1, 1, 1, 1}, 0, at::kByte)).item().toFloat(), -1);
  EXPECT_FLOAT_EQ(support::to_floats(at::full({1, 1, 1, 1}, 255, at::kByte)).item().toFloat(), 1);
}

TEST(Pixels, ACanvasHasTheImageInItsMiddleOnBlack) {
  const Tensor canvas = support::to_canvas(at::full({1, 1, 28, 26}, 0.5, at::kFloat));
  ASSERT_EQ(canvas.sizes(), (at::IntArrayRef{1, 1, 32, 32}));
  EXPECT_TRUE((canvas.narrow(2, 2, 28).narrow(3, 3, 26) == 0.5).all().item().toBool());
  EXPECT_EQ((canvas == -1).sum().item().toLong(), 32 * 32 - 28 * 26);
}

TEST(Pixels, AnImageComesBackFromItsCanvas) {
  const Tensor images = support::to_floats(test::random_pixels(2, 3, 28, 19));
  EXPECT_TRUE(support::from_canvas(support::to_canvas(images), {3, 28, 19}).equal(images));
}

TEST(Pixels, RefusesImagesThatAreTooLarge) {
  EXPECT_THROW(support::canvas_of({3, 64, 65}), ParameterError);
  EXPECT_EQ(support::canvas_of({3, 64, 64}).width, 64);
}

TEST(TrainingSet, AnEpochHasEveryItemOnceInFullBatches) {
  test::RecordingContext run;
  const auto in = test::inputs_of(test::random_pixels(10, 1, 4, 4), test::random_bits(10, 8));
  const auto batches = support::TrainingSet(in, at::kCPU).shuffled(4, run);
  ASSERT_EQ(batches.size(), 2u);
  std::set<int64_t> seen;
  for (const auto& batch : batches)
    for (int64_t i = 0; i < batch.size(0); ++i) seen.insert(batch[i].item().toLong());
  EXPECT_EQ(seen.size(), 8u);
}

// Points on a line of length 5 in the plane, 100 (0.6, 0.8) from the origin: the first direction is (0.6, 0.8), and the
// variance along it is all that there is.
TEST(PrincipalSpace, PutsTheLargestVarianceFirstAndMakesItOne) {
  const Tensor along = at::tensor({-1.0, 0.0, 1.0}, at::kFloat).unsqueeze(1) * 5 + 100;
  const Tensor x = along * at::tensor({0.6, 0.8}, at::kFloat);
  support::PrincipalSpace space(2, 1, at::kCPU);
  space.fit(x);
  const Tensor entered = space.enter(x).abs().squeeze(1);
  EXPECT_TRUE(entered.allclose(at::tensor({std::sqrt(1.5), 0.0, std::sqrt(1.5)}, at::kFloat), 1e-3, 1e-3));
  EXPECT_TRUE(space.leave(space.enter(x)).allclose(x, 1e-5, 1e-4));
}

TEST(PrincipalSpace, HasNoMoreDimensionsThanTheFeatures) {
  EXPECT_EQ(support::PrincipalSpace(6, 128, at::kCPU).dimensions(), 6);
  EXPECT_EQ(support::PrincipalSpace(600, 128, at::kCPU).dimensions(), 128);
}

TEST(TrainingSet, RefusesCodesOfAnotherNumberOfImages) {
  const auto in = test::inputs_of(test::random_pixels(10, 1, 4, 4), test::random_bits(9, 8));
  EXPECT_THROW(support::TrainingSet(in, at::kCPU), ShapeError);
}

// Adam's formulas (Kingma, Ba 2015, algorithm 1) by hand, on a kernel whose memory is laid out channels last.
TEST(Adam, FollowsItsFormulasWhateverTheLayout) {
  const Tensor slopes = support::to_floats(test::random_pixels(2, 3, 2, 2)) + 0.001;
  Tensor kernel = at::full({2, 3, 2, 2}, 1.0, at::kFloat).contiguous(at::MemoryFormat::ChannelsLast);
  kernel.set_requires_grad(true);
  Adam adam({kernel}, {.learning_rate = 0.1, .beta1 = 0.5});
  Tensor expected = at::full({2, 3, 2, 2}, 1.0, at::kFloat), average = expected * 0, square = expected * 0;
  for (int t = 1; t <= 2; ++t) {
    adam.zero_grad();
    (kernel * slopes * t).sum().backward();
    adam.step();
    const Tensor gradient = slopes * t;
    average = average * 0.5 + gradient * 0.5;
    square = square * 0.999 + gradient * gradient * 0.001;
    const Tensor m = average / (1 - std::pow(0.5, t)), v = square / (1 - std::pow(0.999, t));
    expected = expected - m / (v.sqrt() + 1e-8) * 0.1;
  }
  EXPECT_TRUE(kernel.allclose(expected, 1e-4, 1e-5));
}

TEST(Autocast, IsAsAskedWhateverIsSetOutside) {
  const Tensor a = at::full({2, 2}, 1.0, at::kFloat);
  const Autocast on(at::kCPU, true);
  EXPECT_EQ(a.matmul(a).scalar_type(), at::kBFloat16);
  {
    const Autocast off(at::kCPU, false);
    EXPECT_EQ(a.matmul(a).scalar_type(), at::kFloat);
  }
  EXPECT_EQ(a.matmul(a).scalar_type(), at::kBFloat16);
}

TEST(Initialise, WeightsAreNormalScalesOneAndBiasesZero) {
  torch::nn::Sequential network(torch::nn::Linear(200, 200), torch::nn::BatchNorm2d(4));
  support::initialise(*network, test::RecordingContext(3).random());
  const auto parameters = network->parameters();
  EXPECT_NEAR(parameters[0].std().item().toDouble(), 0.02, 0.001);
  EXPECT_EQ(parameters[1].abs().max().item().toDouble(), 0);
  EXPECT_EQ(parameters[2].sub(1).abs().max().item().toDouble(), 0);
}

TEST(LossMeter, RecordsTheMeanOfAnEpoch) {
  test::RecordingContext run;
  support::LossMeter meter(run, {"judge"}, 3, 0.1);
  for (const double loss : {1.0, 2.0, 6.0}) meter.add({at::scalar_tensor(loss, at::kFloat)}, 1);
  meter.finish();
  EXPECT_THAT(run.metrics["judge loss"], ElementsAre(3.0));
}

TEST(LossMeter, StopsAtALossThatIsNoNumberAndNamesTheLearningRate) {
  test::RecordingContext run;
  support::LossMeter meter(run, {"judge"}, 1, 0.25);
  const Tensor bad = at::scalar_tensor(std::numeric_limits<double>::quiet_NaN(), at::kFloat);
  try {
    meter.add({bad}, 1);
    FAIL() << "nothing was thrown";
  } catch (const TrainingError& error) {
    EXPECT_STREQ(error.what(), "the loss of the judge is not a number");
    EXPECT_EQ(error.remedy(), "try a smaller learning_rate (now 0.25)");
  }
}

// Bits 0 and 1 are opposite, bit 2 is independent of both: of the six ordered pairs two have correlation -1, four have
// 0.
TEST(CodeHealth, MeasuresTheMeanAbsoluteCorrelation) {
  const Tensor bits = (at::full({4, 3}, 0, at::kByte) > 0).clone();
  bits.slice(0, 2, 4).slice(1, 0, 1).fill_(true);
  bits.slice(0, 0, 2).slice(1, 1, 2).fill_(true);
  bits.slice(0, 1, 4, 2).slice(1, 2, 3).fill_(true);
  EXPECT_NEAR(support::examine(bits, bits).correlation, 1.0 / 3, 1e-9);
}

TEST(CodeHealth, TellsCollapsedAndFrozenCodes) {
  EXPECT_THAT(troubles(CodeHealth{2000, 900, 1000, 0.2, 0.03}, 2), IsEmpty());
  EXPECT_THAT(troubles(CodeHealth{2000, 900, 1000, 0.4, 0.03}, 2),
              ElementsAre(Field(&Trouble::name, "codes collapse")));
  EXPECT_THAT(troubles(CodeHealth{2000, 9, 12, 0.2, 0.03}, 2), ElementsAre(Field(&Trouble::name, "codes collapse")));
  EXPECT_THAT(troubles(CodeHealth{2000, 400, 1000, 0.2, 0.03}, 2), ElementsAre(Field(&Trouble::name, "codes coarsen")));
  EXPECT_THAT(troubles(CodeHealth{2000, 900, 1000, 0.2, 0.0}, 2), ElementsAre(Field(&Trouble::name, "codes freeze")));
}
