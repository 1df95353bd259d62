#include <gmock/gmock.h>

#include <dashboard/model/code_matrix.hpp>
#include <events/npy.hpp>

#include "temporary_folder.hpp"

using hashloom::dash::CodeMatrix;
using testing::DoubleNear;
using testing::ElementsAre;

namespace {

/// Rows of two bits: 00, 01, 11, 11 (bit 0 is the lowest).
CodeMatrix four_items() { return {{0b00, 0b01, 0b11, 0b11}, 4, 2}; }

}  // namespace

TEST(CodeMatrix, CountsTheBitsThatDiffer) {
  EXPECT_EQ(four_items().distance(0, 2), 2);
  EXPECT_EQ(four_items().distance(2, 3), 0);
}

TEST(CodeMatrix, DistancesGoOverAllWords) {
  const CodeMatrix codes({0, 0, ~uint64_t{0}, 1}, 2, 70);
  EXPECT_EQ(codes.distance(0, 1), 65);
}

TEST(CodeMatrix, TellsTheShareOfItemsThatHaveEachBit) { EXPECT_THAT(four_items().ones(), ElementsAre(0.75, 0.5)); }

TEST(CodeMatrix, CorrelatesBits) {
  // Of bits (0 1 1 1) and (0 0 1 1): covariance 1/2 - 3/4 * 1/2 = 1/8, deviations sqrt(3)/4 and 1/2: 1/sqrt(3).
  const double r = 0.57735026919;
  EXPECT_THAT(four_items().correlations(), ElementsAre(1, DoubleNear(r, 1e-9), DoubleNear(r, 1e-9), 1));
}

TEST(CodeMatrix, AConstantBitIsCorrelatedWithNothing) {
  const CodeMatrix codes({0b01, 0b11}, 2, 2);
  EXPECT_THAT(codes.correlations(), ElementsAre(1, 0, 0, 1));
}

TEST(CodeMatrix, CountsDifferentCodes) { EXPECT_EQ(four_items().distinct(), 3); }

TEST(CodeMatrix, WritesCodesAsHexadecimalDigits) { EXPECT_EQ(CodeMatrix({0x1a5}, 1, 12).hex(0), "1a5"); }

TEST(CodeMatrix, ReadsWhatARunHasWritten) {
  const TemporaryFolder folder;
  const std::vector<uint64_t> words{3, 5};
  const auto bytes = hashloom::events::npy(std::span<const uint64_t>(words), 2, 1);
  write_text(folder / "codes.npy", {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  EXPECT_EQ(CodeMatrix::read(folder / "codes.npy", 3).distance(0, 1), 2);
}

TEST(CodeMatrix, SaysWhichBlobIsMissingOrDamaged) {
  const TemporaryFolder folder;
  write_text(folder / "damaged.npy", "nonsense");
  EXPECT_THROW(CodeMatrix::read(folder / "damaged.npy", 8), std::runtime_error);
  try {
    CodeMatrix::read(folder / "gone.npy", 8);
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("gone.npy is missing"));
  }
}

TEST(CodeMatrix, RefusesABlobOfAnotherLength) { EXPECT_THROW(CodeMatrix({1, 2, 3}, 3, 65), std::runtime_error); }
