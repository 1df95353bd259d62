#include "pgh_network.hpp"

using namespace hashloom;

PghNetworkImpl::PghNetworkImpl(const support::TrunkOptions& trunk, int64_t bits)
    : trunk_(register_module("trunk", support::Trunk(trunk))),
      head_(register_module("head", torch::nn::Linear(trunk_->features(), bits))) {}

Tensor PghNetworkImpl::forward(const Tensor& images, support::Statistics statistics) {
  return head_->forward(trunk_->forward(images, {}, statistics)).to(at::kFloat).sigmoid();
}
