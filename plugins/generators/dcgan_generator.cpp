#include "dcgan_generator.hpp"

#include <ATen/ops/cat.h>
#include <ATen/ops/tanh.h>

#include <support/stride_two.hpp>

using namespace hashloom;
using support::normalise;
using support::twofold;

namespace {

torch::nn::ConvTranspose2d doubling(int64_t in, int64_t out, bool bias) {
  return torch::nn::ConvTranspose2d(torch::nn::ConvTranspose2dOptions(in, out, 4).stride(2).padding(1).bias(bias));
}

int64_t seed_size(const DcganShape& shape) {
  return 4 * shape.width * (shape.canvas.height / 8) * (shape.canvas.width / 8);
}

torch::nn::Linear seed_layer(const DcganShape& shape) {
  return torch::nn::Linear(torch::nn::LinearOptions(shape.noise + shape.bits, seed_size(shape)).bias(false));
}

}  // namespace

DcganGeneratorImpl::DcganGeneratorImpl(const DcganShape& shape)
    : shape_(shape),
      seed_(register_module("seed", seed_layer(shape))),
      first_(register_module("first", doubling(4 * shape.width, 2 * shape.width, false))),
      second_(register_module("second", doubling(2 * shape.width, shape.width, false))),
      third_(register_module("third", doubling(shape.width, shape.canvas.channels, true))),
      seed_norm_(register_module("seed_norm", torch::nn::BatchNorm2d(4 * shape.width))),
      first_norm_(register_module("first_norm", torch::nn::BatchNorm2d(2 * shape.width))),
      second_norm_(register_module("second_norm", torch::nn::BatchNorm2d(shape.width))) {}

Tensor DcganGeneratorImpl::forward(const Tensor& noise, const Tensor& signs, support::Statistics statistics) {
  Tensor x = seed_->forward(at::cat({noise, signs}, 1));
  x = x.view({-1, shape_.canvas.height / 8, shape_.canvas.width / 8, 4 * shape_.width}).permute({0, 3, 1, 2});
  x = normalise(x, seed_norm_, statistics).relu_();
  x = normalise(twofold(x, first_), first_norm_, statistics).relu_();
  x = normalise(twofold(x, second_), second_norm_, statistics).relu_();
  return at::tanh(twofold(x, third_));
}
