#include <ATen/ops/full.h>
#include <gmock/gmock.h>

#include <plugin_under_test.hpp>

#include "resumable_context.hpp"
#include "small_trainers.hpp"
#include "toy_data.hpp"

using namespace hashloom;
using test::ResumableContext;
using test::saved_state;

namespace {

constexpr int64_t kItems = 128, kBits = 16;

Instance small_pgh(int64_t epochs, double dropout = 0.2) {
  return test::make("pgh", "network/pgh",
                    {{"epochs", epochs}, {"batch", int64_t{32}}, {"hidden", int64_t{32}}, {"dropout", dropout}});
}

TrainingInputs toy_inputs(double scale = 1, double offset = 0) {
  return test::with_neighbours(test::inputs_of_features(test::features_of_two_kinds(kItems) * scale + offset,
                                                        test::codes_of_two_kinds(kItems, kBits)));
}

}  // namespace

TEST(PghOnFeatures, LearnsToTellTwoKinds) {
  const auto made = small_pgh(10);
  ResumableContext run(*made.component);
  made.network->train(toy_inputs(), run);
  const Tensor codes = made.network->bits(test::features_of_two_kinds(64, 99));
  EXPECT_LT(run.metrics["triplet loss"].back(), run.metrics["triplet loss"].front() / 2);
  test::expect_two_kinds_apart(codes);
}

TEST(PghOnFeatures, ResumedTrainingGivesTheSameBits) {
  test::expect_resuming_gives_the_same_bits(small_pgh(4), small_pgh(4), toy_inputs());
}

TEST(PghOnFeatures, ALoadedNetworkGivesTheSameCodes) {
  const auto made = small_pgh(1), loaded = small_pgh(1);
  ResumableContext run(*made.component);
  made.network->train(toy_inputs(), run);
  test::load_state(*loaded.component, saved_state(*made.component));
  const Tensor features = test::features_of_two_kinds(64, 99);
  EXPECT_TRUE(loaded.network->bits(features).equal(made.network->bits(features)));
}

TEST(PghOnFeatures, DropoutTakesItsNumbersFromTheRun) {
  const auto in = toy_inputs();
  const auto losses = [&](double dropout, uint64_t seed) {
    const auto made = small_pgh(1, dropout);
    ResumableContext run(*made.component, seed);
    made.network->train(in, run);
    return run.metrics["triplet loss"].back();
  };
  EXPECT_EQ(losses(0.5, 1), losses(0.5, 1));
  EXPECT_NE(losses(0.5, 1), losses(0, 1));
}

// Codes do not change when features are moved and scaled as a whole: they enter a space that is centred and of unit
// variance.
TEST(PghOnFeatures, DoesNotDependOnTheUnitOfTheFeatures) {
  const auto trained_on = [](double scale) {
    const auto made = small_pgh(1);
    ResumableContext run(*made.component);
    made.network->train(toy_inputs(scale, 7), run);
    return run.metrics["triplet loss"].back();
  };
  EXPECT_NEAR(trained_on(1), trained_on(1024), 1e-3 * trained_on(1));
}

TEST(PghOnFeatures, RefusesFeaturesOfAnotherLengthAndImages) {
  const auto made = small_pgh(1);
  ResumableContext run(*made.component);
  made.network->train(toy_inputs(), run);
  EXPECT_THROW(made.network->bits(at::full({4, 7}, 1.0, at::kFloat)), ShapeError);
  EXPECT_THROW(made.network->bits(test::two_kinds(4, 12)), ShapeError);
}

TEST(PghOnFeatures, RefusesAGeneratorOfImages) {
  auto in = toy_inputs();
  const auto images = test::inputs_of(test::two_kinds(kItems, 12), test::codes_of_two_kinds(kItems, kBits));
  in.generators_by_port = test::with_neighbours(images).generators_by_port;
  const auto made = small_pgh(1);
  ResumableContext run(*made.component);
  EXPECT_THROW(made.network->train(in, run), ShapeError);
}
