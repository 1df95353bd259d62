#pragma once
#include <support/trunk.hpp>

/// Image to k numbers in (0, 1): the trunk of the discriminator with weights of its own, fully connected, sigmoid.
class PghNetworkImpl : public torch::nn::Module {
 public:
  PghNetworkImpl(const hashloom::support::TrunkOptions& trunk, int64_t bits);

  /// Canvases [n, C, H, W] -> float32 [n, bits].
  hashloom::Tensor forward(const hashloom::Tensor& images, hashloom::support::Statistics statistics);

 private:
  hashloom::support::Trunk trunk_;
  torch::nn::Linear head_;
};
TORCH_MODULE(PghNetwork);
