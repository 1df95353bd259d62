#include <ATen/ops/allclose.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/constant_pad_nd.h>
#include <ATen/ops/equal.h>
#include <ATen/ops/full.h>
#include <ATen/ops/stack.h>
#include <gmock/gmock.h>

#include <plugin_under_test.hpp>

#include "gist_expected.hpp"

namespace hashloom::test {
namespace {

using testing::HasSubstr;

/// The formula of gist_reference.py: uint8 [1, side, side].
Tensor image(int64_t n, int64_t side = 32) {
  const Tensor x = at::arange(side, at::kLong), y = x.unsqueeze(1);
  return (7 * n + 3 * y * y + 5 * x * y + (n + 1) * x).remainder(256).to(at::kByte).unsqueeze(0);
}

Tensor images(int64_t count) {
  std::vector<Tensor> all;
  for (int64_t n = 0; n < count; ++n) all.push_back(image(n));
  return at::stack(all);
}

Tensor gist(const Tensor& of, std::map<std::string, ParamValue> params = {}) {
  return make("gist", "feature/gist", std::move(params)).feature->features(of);
}

TEST(Gist, AgreesWithPlainTransformsOfThePaddedImage) {
  const Tensor found = gist(images(4)).slice(1, 0, 512, 7).contiguous();
  ASSERT_EQ(describe(found), "[4, 74] float32 on cpu");
  for (int64_t n = 0; n < 4; ++n)
    for (int64_t i = 0; i < 74; ++i) EXPECT_NEAR(found[n][i].item<float>(), kExpectedGist[n][i], 2e-5) << n << " " << i;
}

TEST(Gist, RowDependsOnItsImageAloneToTheBit) {
  const Tensor all = images(40), together = gist(all);
  for (const int64_t i : {0, 1, 17, 31, 32, 39}) EXPECT_TRUE(at::equal(gist(all.narrow(0, i, 1))[0], together[i])) << i;
}

TEST(Gist, SmallerPicturesAreCentredOnBlack) {
  const Tensor small = image(2, 28).unsqueeze(0);
  EXPECT_TRUE(at::equal(gist(small), gist(at::constant_pad_nd(small, {2, 2, 2, 2}))));
}

TEST(Gist, LargerPicturesAreShrunk) {
  const Tensor large = image(2).unsqueeze(0).repeat_interleave(2, 2).repeat_interleave(2, 3);
  EXPECT_EQ(describe(gist(large)), "[1, 512] float32 on cpu");
}

TEST(Gist, ColoursCountAsTheirMean) {
  const Tensor one = image(1).unsqueeze(0);
  EXPECT_TRUE(at::equal(gist(one), gist(at::cat({one, one, one}, 1))));
}

TEST(Gist, IgnoresBrightnessAndContrast) {
  const Tensor half = (image(1).unsqueeze(0).to(at::kLong).div(2, "floor") * 2).to(at::kByte);
  const Tensor dim = half.to(at::kLong).div(2, "floor").add(40).to(at::kByte);
  EXPECT_TRUE(at::allclose(gist(half), gist(dim), 1e-3, 1e-5));
}

TEST(Gist, PictureWithoutContrastIsAllZeros) {
  EXPECT_EQ(gist(at::full({1, 1, 32, 32}, 77, at::kByte)).abs().max().item<float>(), 0);
}

TEST(Gist, HasAFeatureForEachFilterAndCell) {
  const Tensor x = gist(images(2), {{"orientations", std::vector<int64_t>{6, 4}}, {"grid", int64_t{2}}});
  EXPECT_EQ(describe(x), "[2, 40] float32 on cpu");
}

TEST(Gist, SizeThatTheGridDoesNotDivideIsRefused) {
  try {
    make("gist", "feature/gist", {{"size", int64_t{34}}});
    FAIL() << "not refused";
  } catch (const ParameterError& e) {
    EXPECT_THAT(e.what(), HasSubstr("size is 34, grid is 4"));
  }
}

}  // namespace
}  // namespace hashloom::test
