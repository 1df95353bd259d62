#include <ATen/ops/conv2d.h>
#include <ATen/ops/conv_transpose2d.h>
#include <gtest/gtest.h>
#include <torch/csrc/autograd/autograd.h>

#include <support/pixels.hpp>
#include <support/stride_two.hpp>

using namespace hashloom;
using torch::nn::Conv2d;
using torch::nn::ConvTranspose2d;

namespace {

constexpr int64_t kMaps = 5;

struct Size {
  int64_t channels, height;
};
constexpr Size kOneChannel{1, 10};
/// Each in a way of its own: images by taps, large maps by phases, small ones as LibTorch does it.
const std::vector<Size> kSizes{kOneChannel, {3, 10}, {16, 10}, {16, 6}};

/// Of another height than width, so that one can't stand for the other.
Tensor maps(int64_t height) { return at::randn({3, kMaps, height, 8}).set_requires_grad(true); }
Tensor images(Size size) { return at::randn({3, size.channels, 2 * size.height, 16}).set_requires_grad(true); }

Conv2d halving(int64_t channels) { return Conv2d(torch::nn::Conv2dOptions(channels, kMaps, 4).stride(2).padding(1)); }
ConvTranspose2d doubling(int64_t channels) {
  return ConvTranspose2d(torch::nn::ConvTranspose2dOptions(kMaps, channels, 4).stride(2).padding(1));
}

/// Of the sum of squares, so that no two places weigh the same.
std::vector<Tensor> gradients(const Tensor& output, const Tensor& input, const torch::nn::Module& layer) {
  auto wanted = layer.parameters();
  wanted.push_back(input);
  return torch::autograd::grad({output.square().sum()}, wanted);
}

void expect_close(const std::vector<Tensor>& a, const std::vector<Tensor>& b, double tolerance) {
  ASSERT_EQ(a.size(), b.size());
  for (size_t i = 0; i < a.size(); ++i) EXPECT_TRUE(a[i].allclose(b[i], tolerance, tolerance)) << i;
}

}  // namespace

TEST(StrideTwo, HalveAsAConvolutionDoes) {
  for (const Size& size : kSizes) {
    auto layer = halving(size.channels);
    const Tensor x = images(size), expected = at::conv2d(x, layer->weight, layer->bias, 2, 1);
    const Tensor found = support::halve(x, layer);
    EXPECT_TRUE(found.allclose(expected, 1e-5, 1e-5));
    expect_close(gradients(found, x, *layer), gradients(expected, x, *layer), 1e-4);
  }
}

TEST(StrideTwo, DoubleAsATransposedConvolutionDoes) {
  for (const Size& size : kSizes) {
    auto layer = doubling(size.channels);
    const Tensor x = maps(size.height), expected = at::conv_transpose2d(x, layer->weight, layer->bias, 2, 1);
    const Tensor found = support::twofold(x, layer);
    EXPECT_TRUE(found.allclose(expected, 1e-5, 1e-5));
    expect_close(gradients(found, x, *layer), gradients(expected, x, *layer), 1e-4);
  }
}

TEST(StrideTwo, UnderAutocastTheyAreNearAndWhatBecomesAnImageIsFloat32) {
  auto halves = halving(1);
  auto doubles = doubling(1);
  const Tensor image = images(kOneChannel), map = maps(kOneChannel.height), halved = support::halve(image, halves),
               doubled = support::twofold(map, doubles);
  const Autocast reduced(at::kCPU, true);
  const Tensor as_maps = support::halve(image, halves), as_image = support::twofold(map, doubles);
  EXPECT_EQ(as_maps.scalar_type(), at::kBFloat16);
  EXPECT_EQ(as_image.scalar_type(), at::kFloat);
  EXPECT_TRUE(as_maps.to(at::kFloat).allclose(halved, 2e-2, 2e-2));
  EXPECT_TRUE(as_image.allclose(doubled, 2e-2, 2e-2));
  expect_close(gradients(as_image, map, *doubles), gradients(doubled, map, *doubles), 0.3);
}

TEST(StrideTwo, AFrozenLayerGivesTheGradientOfItsImagesAlone) {
  auto layer = halving(1);
  for (auto& weight : layer->parameters()) weight.set_requires_grad(false);
  const Tensor x = images(kOneChannel);
  support::halve(x, layer).sum().backward();
  EXPECT_TRUE(x.grad().defined());
  EXPECT_FALSE(layer->weight.grad().defined());
}

TEST(Pixels, ACanvasOfOneChannelIsToldAsChannelsLast) {
  const Tensor canvas = support::to_canvas(at::zeros({2, 1, 28, 28}));
  EXPECT_EQ(canvas.suggest_memory_format(), at::MemoryFormat::ChannelsLast);
}
