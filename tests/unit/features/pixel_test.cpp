#include <ATen/ops/tensor.h>
#include <gmock/gmock.h>

#include <plugin_under_test.hpp>

namespace hashloom::test {
namespace {

using testing::ElementsAre;
using testing::FloatEq;

TEST(Pixel, IsEachByteOver255ByChannelRowColumn) {
  const Instance pixel = make("pixel", "feature/pixel");
  const Tensor image = at::tensor({0, 51, 102, 153, 204, 255, 1, 2}, at::kByte).view({1, 2, 2, 2});
  const Tensor x = pixel.feature->features(image);
  const float* first = x.const_data_ptr<float>();
  EXPECT_THAT(std::vector(first, first + x.numel()),
              ElementsAre(0, FloatEq(.2F), FloatEq(.4F), FloatEq(.6F), FloatEq(.8F), 1, FloatEq(1 / 255.F),
                          FloatEq(2 / 255.F)));
}

TEST(Pixel, GivesARowForEachImage) {
  const Instance pixel = make("pixel", "feature/pixel");
  const Tensor images = at::tensor({1, 2, 3, 4, 5, 6}, at::kByte).view({3, 1, 1, 2});
  EXPECT_EQ(describe(pixel.feature->features(images)), "[3, 2] float32 on cpu");
}

}  // namespace
}  // namespace hashloom::test
