#include "feature_trunk.hpp"

#include <ATen/ops/relu.h>
#include <ATen/ops/zeros.h>

#include <algorithm>

using namespace hashloom;
using support::Statistics;

namespace {

int64_t components_of(const FeatureTrunkOptions& options) { return std::min(options.components, options.dimensions); }

torch::nn::Linear first_layer(const FeatureTrunkOptions& options) {
  return torch::nn::Linear(torch::nn::LinearOptions(components_of(options), options.hidden).bias(false));
}

}  // namespace

FeatureTrunkImpl::FeatureTrunkImpl(const FeatureTrunkOptions& options)
    : mean_(register_buffer("mean", at::zeros({options.dimensions}, at::kFloat))),
      into_(register_buffer("into", at::zeros({options.dimensions, components_of(options)}, at::kFloat))),
      first_(register_module("first", first_layer(options))),
      norm_(register_module("norm", torch::nn::BatchNorm1d(options.hidden))) {}

void FeatureTrunkImpl::fit_space(const Tensor& features) {
  support::PrincipalSpace space(into_.size(0), into_.size(1), at::kCPU);
  space.fit(features);
  mean_.copy_(space.mean());
  into_.copy_(space.into());
}

Tensor FeatureTrunkImpl::forward(const Tensor& features, Statistics statistics, const Tensor& kept) {
  const Tensor hidden = first_->forward((features - mean_).matmul(into_));
  const Tensor x = at::relu(support::normalise(hidden, norm_, statistics));
  return kept.defined() ? x * kept : x;
}
