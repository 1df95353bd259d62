#include "pgh_network.hpp"

using namespace hashloom;

PghNetworkImpl::PghNetworkImpl(const support::TrunkOptions& trunk, int64_t bits)
    : image_trunk_(register_module("trunk", support::Trunk(trunk))),
      head_(register_module("head", torch::nn::Linear(image_trunk_->features(), bits))) {}

PghNetworkImpl::PghNetworkImpl(const FeatureTrunkOptions& trunk, int64_t bits)
    : feature_trunk_(register_module("trunk", FeatureTrunk(trunk))),
      head_(register_module("head", torch::nn::Linear(feature_trunk_->features(), bits))) {}

Tensor PghNetworkImpl::forward(const Tensor& items, support::Statistics statistics, const Tensor& kept) {
  const Tensor described =
      feature_trunk_ ? feature_trunk_->forward(items, statistics, kept) : image_trunk_->forward(items, {}, statistics);
  return head_->forward(described).to(at::kFloat).sigmoid();
}
