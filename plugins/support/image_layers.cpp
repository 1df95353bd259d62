#include "image_layers.hpp"

#include <ATen/autocast_mode.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/conv_transpose2d.h>
#include <ATen/ops/convolution_backward.h>
#include <torch/csrc/autograd/custom_function.h>

#include "channels_last.hpp"

namespace hashloom::support {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::tensor_list;

constexpr int64_t kSide = 4, kTaps = kSide * kSide;

/// Adds one row of taps [w, 4 rows of the kernel, 4, c], of which `taps` is one row of the kernel, to a row of
/// 2 w + 2 pixels. The halves of a kernel's row are added apart: within a half no two taps meet.
template <int kChannels>
void add_taps(const float* taps, int64_t width, float* row) {
  constexpr int kHalf = kSide / 2 * kChannels;
  for (int half = 0; half < 2; ++half)
    for (int64_t x = 0; x < width; ++x)
      for (int i = 0; i < kHalf; ++i) row[(x + half) * kHalf + i] += taps[x * kTaps * kChannels + half * kHalf + i];
}

/// taps [n, h, w, 4, 4, c] -> images [n, 2h, 2w, c]: row y has the kernel's rows ky of the maps' rows (y + 1 - ky) / 2.
template <int kChannels>
void overlap(const float* taps, at::IntArrayRef maps, float* images) {
  const int64_t count = maps[0], height = maps[2], width = maps[3];
  constexpr int64_t kPixel = kTaps * kChannels;
  std::vector<float> row((2 * width + 2) * kChannels);
  for (int64_t n = 0; n < count; ++n)
    for (int64_t y = 0; y < 2 * height; ++y) {
      std::ranges::fill(row, 0.0F);
      for (int64_t ky = (y + 1) % 2; ky < kSide; ky += 2) {
        const int64_t from = (y + 1 - ky) / 2;
        if (y + 1 < ky || from >= height) continue;
        add_taps<kChannels>(taps + (n * height + from) * width * kPixel + ky * kSide * kChannels, width, row.data());
      }
      images = std::copy(row.begin() + kChannels, row.end() - kChannels, images);
    }
}

bool has_own_kernel(const Tensor& maps, const Tensor& kernel) {
  return maps.is_cpu() && (kernel.size(1) == 1 || kernel.size(1) == 3);
}

/// What a transposed convolution without bias gives, float32. maps [n, C, h, w], kernel [C, c, 4, 4].
Tensor transposed(const Tensor& maps, const Tensor& kernel) {
  const int64_t channels = kernel.size(1);
  const Tensor rows = maps.permute({0, 2, 3, 1}).to(at::kFloat).reshape({-1, maps.size(1)});
  const Tensor columns = kernel.permute({0, 2, 3, 1}).to(at::kFloat).reshape({kernel.size(0), kTaps * channels});
  const Autocast full(maps.device().type(), /*bf16=*/false);
  const Tensor taps = rows.matmul(columns);
  Tensor images = channels_last({maps.size(0), channels, 2 * maps.size(2), 2 * maps.size(3)}, taps.options());
  const auto add = channels == 1 ? overlap<1> : overlap<3>;
  add(taps.const_data_ptr<float>(), maps.sizes(), images.mutable_data_ptr<float>());
  return images;
}

/// As autocast converts what a convolution is given.
Tensor reduced(const Tensor& x) {
  const auto device = x.device().type();
  return at::autocast::is_autocast_enabled(device) ? x.to(at::autocast::get_autocast_dtype(device)) : x;
}

tensor_list gradients(const Tensor& gradient, AutogradContext& saved, bool transposed, bool with_input) {
  const auto tensors = saved.get_saved_variables();
  const Tensor &input = tensors[0], &kernel = tensors[1];
  const auto [of_input, of_kernel, of_bias] = at::convolution_backward(
      gradient.to(input.scalar_type()), input, kernel, at::IntArrayRef{kernel.size(transposed ? 1 : 0)}, {2, 2}, {1, 1},
      {1, 1}, transposed, {0, 0}, 1, {with_input, saved.needs_input_grad(1), saved.needs_input_grad(2)});
  return {of_input, of_kernel, of_bias};
}

struct HalveImage : torch::autograd::Function<HalveImage> {
  static Tensor forward(AutogradContext* saved, const Tensor& images, const Tensor& kernel, const Tensor& bias) {
    const Tensor x = reduced(images), w = reduced(kernel);
    saved->save_for_backward({x, w});
    return at::conv2d(x, w, reduced(bias), 2, 1);
  }
  static tensor_list backward(AutogradContext* saved, tensor_list of_maps) {
    auto found = gradients(of_maps[0], *saved, /*transposed=*/false, /*with_input=*/false);
    if (saved->needs_input_grad(0)) found[0] = transposed(of_maps[0], saved->get_saved_variables()[1]);
    return found;
  }
};

struct DoubleToImage : torch::autograd::Function<DoubleToImage> {
  static Tensor forward(AutogradContext* saved, const Tensor& maps, const Tensor& kernel, const Tensor& bias) {
    saved->save_for_backward({reduced(maps), reduced(kernel)});
    return transposed(maps, kernel).add_(bias.view({-1, 1, 1}));
  }
  static tensor_list backward(AutogradContext* saved, tensor_list of_images) {
    return gradients(of_images[0], *saved, /*transposed=*/true, saved->needs_input_grad(0));
  }
};

}  // namespace

Tensor halve_image(const Tensor& images, torch::nn::Conv2d& layer) {
  if (!has_own_kernel(images, layer->weight)) return layer->forward(images);
  return HalveImage::apply(images, layer->weight, layer->bias);
}

Tensor double_to_image(const Tensor& maps, torch::nn::ConvTranspose2d& layer) {
  if (!has_own_kernel(maps, layer->weight)) return layer->forward(maps);
  return DoubleToImage::apply(maps, layer->weight, layer->bias);
}

}  // namespace hashloom::support
