#include "mlp_networks.hpp"

#include <ATen/ops/cat.h>
#include <ATen/ops/leaky_relu.h>
#include <ATen/ops/relu.h>

using namespace hashloom;
using support::normalise;

namespace {

constexpr double kSlope = 0.2;

torch::nn::Linear without_bias(int64_t in, int64_t out) {
  return torch::nn::Linear(torch::nn::LinearOptions(in, out).bias(false));
}

}  // namespace

MlpGeneratorImpl::MlpGeneratorImpl(const MlpShape& shape)
    : first_(register_module("first", without_bias(shape.noise + shape.bits, shape.hidden))),
      second_(register_module("second", without_bias(shape.hidden, shape.hidden))),
      third_(register_module("third", torch::nn::Linear(shape.hidden, shape.components))),
      first_norm_(register_module("first_norm", torch::nn::BatchNorm1d(shape.hidden))),
      second_norm_(register_module("second_norm", torch::nn::BatchNorm1d(shape.hidden))) {}

Tensor MlpGeneratorImpl::forward(const Tensor& noise, const Tensor& signs, support::Statistics statistics) {
  Tensor x = first_->forward(at::cat({noise, signs}, 1));
  x = second_->forward(at::relu(normalise(x, first_norm_, statistics)));
  return third_->forward(at::relu(normalise(x, second_norm_, statistics)));
}

MlpDiscriminatorImpl::MlpDiscriminatorImpl(const MlpShape& shape)
    : first_(register_module("first", torch::nn::Linear(shape.components, shape.hidden))),
      second_(register_module("second", torch::nn::Linear(shape.hidden, shape.hidden))),
      code_bias_(register_module("code_bias", without_bias(shape.bits, shape.hidden))),
      realism_(register_module("realism", torch::nn::Linear(shape.hidden, 1))),
      projection_(register_module("projection", without_bias(shape.bits, shape.hidden))) {}

Tensor MlpDiscriminatorImpl::forward(const Tensor& points, const Tensor& signs) {
  const Tensor x = at::leaky_relu(first_->forward(points), kSlope);
  const Tensor f = at::leaky_relu(second_->forward(x) + code_bias_->forward(signs), kSlope);
  const Tensor agreement = (f * projection_->forward(signs)).sum(1, /*keepdim=*/false, at::kFloat);
  return realism_->forward(f).squeeze(1).to(at::kFloat) + agreement;
}
