#include <gmock/gmock.h>

#include <generators/gan_health.hpp>

using hashloom::support::Trouble;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;

namespace {

// Figures of a GAN on MNIST that is well.
const GanHealth kWell{.preference = 0.9, .accuracy = 0.62, .same_code = 0.1, .two_codes = 0.38, .real_pairs = 0.41};

GanHealth with(double GanHealth::*figure, double value) {
  GanHealth health = kWell;
  health.*figure = value;
  return health;
}

}  // namespace

TEST(GanHealth, IsSilentWhenAllIsWell) { EXPECT_THAT(troubles(kWell, kWell), IsEmpty()); }

TEST(GanHealth, TellsADiscriminatorThatIgnoresTheCode) {
  EXPECT_THAT(troubles(with(&GanHealth::preference, 0.62), {}),
              ElementsAre(Field(&Trouble::name, "the discriminator ignores the code")));
}

TEST(GanHealth, TellsAGeneratorThatIgnoresTheNoise) {
  EXPECT_THAT(troubles(with(&GanHealth::same_code, 0.014), {}),
              ElementsAre(Field(&Trouble::name, "the generator ignores the noise")));
}

TEST(GanHealth, TellsAGeneratorThatIgnoresTheCode) {
  EXPECT_THAT(troubles(with(&GanHealth::two_codes, 0.15), {}),
              ElementsAre(Field(&Trouble::name, "the generator ignores the code")));
}

TEST(GanHealth, TellsADiscriminatorThatOverfitsFromRoundToRound) {
  GanHealth later = kWell;
  later.accuracy = 0.76;
  later.preference = 0.71;
  EXPECT_THAT(troubles(later, kWell), ElementsAre(Field(&Trouble::name, "the discriminator overfits")));
}
