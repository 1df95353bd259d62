#include <ATen/ops/conv2d.h>
#include <ATen/ops/conv_transpose2d.h>
#include <gtest/gtest.h>
#include <torch/csrc/autograd/autograd.h>

#include <support/image_layers.hpp>
#include <support/pixels.hpp>

using namespace hashloom;
using torch::nn::Conv2d;
using torch::nn::ConvTranspose2d;

namespace {

constexpr int64_t kMaps = 5;

/// Of another height than width, so that one can't stand for the other.
Tensor images(int64_t channels) { return at::randn({3, channels, 12, 8}).set_requires_grad(true); }
Tensor maps() { return at::randn({3, kMaps, 6, 4}).set_requires_grad(true); }

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

TEST(ImageLayers, HalveAsAConvolutionDoes) {
  for (const int64_t channels : {1, 2, 3}) {
    auto layer = halving(channels);
    const Tensor x = images(channels), expected = at::conv2d(x, layer->weight, layer->bias, 2, 1);
    const Tensor found = support::halve_image(x, layer);
    EXPECT_TRUE(found.allclose(expected, 1e-5, 1e-5));
    expect_close(gradients(found, x, *layer), gradients(expected, x, *layer), 1e-4);
  }
}

TEST(ImageLayers, DoubleAsATransposedConvolutionDoes) {
  for (const int64_t channels : {1, 2, 3}) {
    auto layer = doubling(channels);
    const Tensor x = maps(), expected = at::conv_transpose2d(x, layer->weight, layer->bias, 2, 1);
    const Tensor found = support::double_to_image(x, layer);
    EXPECT_TRUE(found.allclose(expected, 1e-5, 1e-5));
    expect_close(gradients(found, x, *layer), gradients(expected, x, *layer), 1e-4);
  }
}

TEST(ImageLayers, UnderAutocastTheyAreNearAndWhatBecomesAnImageIsFloat32) {
  auto halves = halving(1);
  auto doubles = doubling(1);
  const Tensor image = images(1), map = maps(), halved = support::halve_image(image, halves),
               doubled = support::double_to_image(map, doubles);
  const Autocast reduced(at::kCPU, true);
  const Tensor as_maps = support::halve_image(image, halves), as_image = support::double_to_image(map, doubles);
  EXPECT_EQ(as_maps.scalar_type(), at::kBFloat16);
  EXPECT_EQ(as_image.scalar_type(), at::kFloat);
  EXPECT_TRUE(as_maps.to(at::kFloat).allclose(halved, 2e-2, 2e-2));
  EXPECT_TRUE(as_image.allclose(doubled, 2e-2, 2e-2));
  expect_close(gradients(as_image, map, *doubles), gradients(doubled, map, *doubles), 0.3);
}

TEST(ImageLayers, AFrozenLayerGivesTheGradientOfItsImagesAlone) {
  auto layer = halving(1);
  for (auto& weight : layer->parameters()) weight.set_requires_grad(false);
  const Tensor x = images(1);
  support::halve_image(x, layer).sum().backward();
  EXPECT_TRUE(x.grad().defined());
  EXPECT_FALSE(layer->weight.grad().defined());
}

TEST(Pixels, ACanvasOfOneChannelIsToldAsChannelsLast) {
  const Tensor canvas = support::to_canvas(at::zeros({2, 1, 28, 28}));
  EXPECT_EQ(canvas.suggest_memory_format(), at::MemoryFormat::ChannelsLast);
}
