#include "dcgan_discriminator.hpp"

using namespace hashloom;
using support::Trunk;

namespace {

Trunk trunk_for(const DcganShape& shape) {
  return Trunk(support::TrunkOptions{.canvas = shape.canvas, .width = shape.width, .code_bits = shape.bits});
}

}  // namespace

DcganDiscriminatorImpl::DcganDiscriminatorImpl(const DcganShape& shape)
    : trunk_(register_module("trunk", trunk_for(shape))),
      realism_(register_module("realism", torch::nn::Linear(trunk_->features(), 1))),
      projection_(register_module(
          "projection", torch::nn::Linear(torch::nn::LinearOptions(shape.bits, trunk_->features()).bias(false)))) {}

Tensor DcganDiscriminatorImpl::forward(const Tensor& images, const Tensor& signs) {
  const Tensor features = trunk_->forward(images, signs, support::Statistics::batch);
  const Tensor realism = realism_->forward(features).squeeze(1).to(at::kFloat);
  const Tensor agreement = (features * projection_->forward(signs)).sum(1, /*keepdim=*/false, at::kFloat);
  return realism + agreement;
}
