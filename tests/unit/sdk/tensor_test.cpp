#include <ATen/ops/arange.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros.h>
#include <gtest/gtest.h>

#include <hashloom/errors.hpp>
#include <hashloom/images.hpp>
#include <hashloom/split.hpp>

namespace hashloom {
namespace {

TEST(Describe, NamesSizesTypeAndDevice) {
  EXPECT_EQ(describe(at::zeros({64, 1, 32, 32})), "[64, 1, 32, 32] float32 on cpu");
  EXPECT_EQ(describe(at::zeros({}, at::kBool)), "[] bool on cpu");
  EXPECT_EQ(describe(at::zeros({0}, at::kLong)), "[0] int64 on cpu");
  EXPECT_EQ(describe(at::zeros({1}, at::kByte)), "[1] uint8 on cpu");
  EXPECT_EQ(describe(Tensor()), "undefined");
}

Tensor pixels() { return at::arange(60, at::kByte).reshape({5, 1, 3, 4}); }

TEST(ImagesInMemory, ReadARange) {
  EXPECT_TRUE(images_in_memory(pixels())->read(1, 4).equal(pixels().narrow(0, 1, 3)));
}

TEST(ImagesInMemory, TakeItemsInTheirOrder) {
  const Tensor items = at::tensor({3, 0, 3}, at::kLong);
  EXPECT_TRUE(images_in_memory(pixels())->take(items).equal(pixels().index_select(0, items)));
}

TEST(ImagesInMemory, TellTheirSize) {
  const auto images = images_in_memory(pixels());
  EXPECT_EQ(images->size(), 5);
  EXPECT_EQ(images->spec(), (ImageSpec{1, 3, 4}));
}

TEST(ImagesInMemory, RefuseAnythingButBytesOfFourDimensions) {
  EXPECT_THROW(images_in_memory(pixels().to(at::kFloat)), ShapeError);
  EXPECT_THROW(images_in_memory(pixels()[0]), ShapeError);
  EXPECT_THROW(images_in_memory(Tensor()), ShapeError);
}

TEST(Splits, AreReadAndWrittenByName) {
  Splits<int> splits{1, 2, 3};
  EXPECT_EQ(splits[Split::train], 1);
  EXPECT_EQ(splits[Split::query], 2);
  EXPECT_EQ(splits[Split::database], 3);
  splits[Split::query] = 7;
  EXPECT_EQ(splits.query, 7);
}

TEST(Splits, HaveNames) {
  EXPECT_STREQ(name(Split::train), "train");
  EXPECT_STREQ(name(Split::query), "query");
  EXPECT_STREQ(name(Split::database), "database");
}

}  // namespace
}  // namespace hashloom
