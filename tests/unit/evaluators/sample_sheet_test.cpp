#include <ATen/ops/full.h>
#include <gtest/gtest.h>

#include <sample_sheet.hpp>

namespace hashloom::test {
namespace {

Tensor plain(int64_t channels, int value) { return at::full({channels, 2, 3}, value, at::kByte); }

TEST(SampleSheet, IsGreyForOneChannelAndColourForThree) {
  // Two rows of 2 and lines between: 2 * 3 + 1. Three columns of 3, lines, and the gap of 4: 3 * 4 + 1 + 4.
  EXPECT_EQ(SampleSheet(2, 1, 2, {1, 2, 3}).pixels(1).sizes(), at::IntArrayRef({7, 17}));
  EXPECT_EQ(SampleSheet(2, 1, 2, {3, 2, 3}).pixels(1).sizes(), at::IntArrayRef({7, 17, 3}));
}

TEST(SampleSheet, PutsAWideGapBetweenLeftAndRight) {
  SampleSheet sheet(1, 1, 1, {1, 2, 3});
  sheet.put(0, 0, plain(1, 10));
  sheet.put(0, 1, plain(1, 20));
  const Tensor row = sheet.pixels(1)[1];
  EXPECT_EQ(row[1].item<int>(), 10);
  EXPECT_EQ(row[3].item<int>(), 10);
  EXPECT_TRUE(row.narrow(0, 4, 5).eq(255).all().item<bool>());
  EXPECT_EQ(row[9].item<int>(), 20);
  EXPECT_EQ(row[12].item<int>(), 255);
}

TEST(SampleSheet, LeavesEmptyCellsWhite) {
  EXPECT_TRUE(SampleSheet(2, 2, 2, {3, 2, 3}).pixels(1).eq(255).all().item<bool>());
}

TEST(SampleSheet, ShowsEachPixelAsASquare) {
  SampleSheet sheet(1, 1, 1, {1, 1, 1});
  sheet.put(0, 0, at::full({1, 1, 1}, 7, at::kByte));
  const Tensor pixels = sheet.pixels(3);
  EXPECT_EQ(pixels.sizes(), at::IntArrayRef({9, 27}));
  EXPECT_TRUE(pixels.narrow(0, 3, 3).narrow(1, 3, 3).eq(7).all().item<bool>());
  EXPECT_EQ(pixels.eq(7).sum().item<int64_t>(), 9);
}

}  // namespace
}  // namespace hashloom::test
