#include "trunk.hpp"

#include <ATen/ops/batch_norm.h>
#include <ATen/ops/leaky_relu.h>

#include "stride_two.hpp"

namespace hashloom::support {
namespace {

constexpr double kSlope = 0.2;

torch::nn::Conv2d halving(int64_t in, int64_t out, bool bias) {
  return torch::nn::Conv2d(torch::nn::Conv2dOptions(in, out, 4).stride(2).padding(1).bias(bias));
}

torch::nn::Linear channel_bias(int64_t code_bits, int64_t channels) {
  return torch::nn::Linear(torch::nn::LinearOptions(code_bits, channels).bias(false));
}

/// In place: neither convolution nor batch norm needs what it gave for its gradient.
Tensor leaky(Tensor x) { return at::leaky_relu_(x, kSlope); }

Tensor plus_bias(const Tensor& maps, torch::nn::Linear& bias, const Tensor& signs) {
  return bias ? maps + bias->forward(signs).unsqueeze(-1).unsqueeze(-1) : maps;
}

template <class Norm>
Tensor normalised(const Tensor& x, const Norm& norm, Statistics statistics) {
  const bool of_batch = statistics != Statistics::running;
  const bool use_running = statistics != Statistics::batch;
  return at::batch_norm(x, norm->weight, norm->bias, use_running ? norm->running_mean : Tensor(),
                        use_running ? norm->running_var : Tensor(), of_batch, norm->options.momentum().value(),
                        norm->options.eps(), /*cudnn_enabled=*/true);
}

}  // namespace

Tensor normalise(const Tensor& x, torch::nn::BatchNorm2d& norm, Statistics statistics) {
  return normalised(x, norm, statistics);
}

Tensor normalise(const Tensor& x, torch::nn::BatchNorm1d& norm, Statistics statistics) {
  return normalised(x, norm, statistics);
}

TrunkImpl::TrunkImpl(const TrunkOptions& options)
    : features_(4 * options.width * (options.canvas.height / 8) * (options.canvas.width / 8)),
      first_(register_module("first", halving(options.canvas.channels, options.width, true))),
      second_(register_module("second", halving(options.width, 2 * options.width, false))),
      third_(register_module("third", halving(2 * options.width, 4 * options.width, false))),
      second_norm_(register_module("second_norm", torch::nn::BatchNorm2d(2 * options.width))),
      third_norm_(register_module("third_norm", torch::nn::BatchNorm2d(4 * options.width))) {
  if (options.code_bits == 0) return;
  second_bias_ = register_module("second_bias", channel_bias(options.code_bits, 2 * options.width));
  third_bias_ = register_module("third_bias", channel_bias(options.code_bits, 4 * options.width));
}

Tensor TrunkImpl::forward(const Tensor& images, const Tensor& signs, Statistics statistics) {
  Tensor x = leaky(halve(images, first_));
  x = plus_bias(halve(x, second_), second_bias_, signs);
  x = leaky(normalise(x, second_norm_, statistics));
  x = plus_bias(halve(x, third_), third_bias_, signs);
  x = leaky(normalise(x, third_norm_, statistics));
  return x.permute({0, 2, 3, 1}).flatten(1);  // as it lies in memory: no copy, here and in the gradient
}

}  // namespace hashloom::support
