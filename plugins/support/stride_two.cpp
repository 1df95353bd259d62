#include "stride_two.hpp"

#include <ATen/autocast_mode.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/convolution_backward.h>
#include <torch/csrc/autograd/custom_function.h>

#include "transposed.hpp"

namespace hashloom::support {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::tensor_list;

/// As autocast converts what a convolution is given.
Tensor reduced(const Tensor& x) {
  const auto device = x.device().type();
  return at::autocast::is_autocast_enabled(device) ? x.to(at::autocast::get_autocast_dtype(device)) : x;
}

using Bias = std::optional<Tensor>;
Bias optional(const Tensor& bias) { return bias.defined() ? Bias(bias) : std::nullopt; }

tensor_list gradients(const Tensor& gradient, AutogradContext& saved, bool is_transposed, bool with_input) {
  const auto tensors = saved.get_saved_variables();
  const Tensor &input = tensors[0], &kernel = tensors[1];
  const bool with_bias = saved.saved_data["biased"].toBool() && saved.needs_input_grad(2);
  const auto [of_input, of_kernel, of_bias] = at::convolution_backward(
      gradient.to(input.scalar_type()), input, kernel, at::IntArrayRef{kernel.size(is_transposed ? 1 : 0)}, {2, 2},
      {1, 1}, {1, 1}, is_transposed, {0, 0}, 1, {with_input, saved.needs_input_grad(1), with_bias});
  return {of_input, of_kernel, of_bias};
}

struct Halve : torch::autograd::Function<Halve> {
  static Tensor forward(AutogradContext* saved, const Tensor& images, const Tensor& kernel, const Bias& bias) {
    const Tensor x = reduced(images), w = reduced(kernel);
    saved->save_for_backward({x, w});
    saved->saved_data["biased"] = bias.has_value();
    return at::conv2d(x, w, bias ? std::optional(reduced(*bias)) : bias, 2, 1);
  }
  static tensor_list backward(AutogradContext* saved, tensor_list of_maps) {
    auto found = gradients(of_maps[0], *saved, /*is_transposed=*/false, /*with_input=*/false);
    if (saved->needs_input_grad(0)) found[0] = transposed(of_maps[0], saved->get_saved_variables()[1]);
    return found;
  }
};

struct Twofold : torch::autograd::Function<Twofold> {
  static Tensor forward(AutogradContext* saved, const Tensor& maps, const Tensor& kernel, const Bias& bias) {
    const Tensor x = reduced(maps), w = reduced(kernel);
    saved->save_for_backward({x, w});
    saved->saved_data["biased"] = bias.has_value();
    Tensor result = transposed(x, w);
    return bias ? result.add_(bias->view({-1, 1, 1})) : result;
  }
  static tensor_list backward(AutogradContext* saved, tensor_list of_images) {
    return gradients(of_images[0], *saved, /*is_transposed=*/true, saved->needs_input_grad(0));
  }
};

}  // namespace

Tensor halve(const Tensor& images, torch::nn::Conv2d& layer) {
  return images.is_cpu() ? Halve::apply(images, layer->weight, optional(layer->bias)) : layer->forward(images);
}

Tensor twofold(const Tensor& maps, torch::nn::ConvTranspose2d& layer) {
  return maps.is_cpu() ? Twofold::apply(maps, layer->weight, optional(layer->bias)) : layer->forward(maps);
}

}  // namespace hashloom::support
