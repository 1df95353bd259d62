#pragma once
#include "feature_trunk.hpp"

/// Image or features to k numbers in (0, 1): of images the trunk of the discriminator with weights of its own, of
/// features a FeatureTrunk; then fully connected, sigmoid.
class PghNetworkImpl : public torch::nn::Module {
 public:
  PghNetworkImpl(const hashloom::support::TrunkOptions& trunk, int64_t bits);
  PghNetworkImpl(const FeatureTrunkOptions& trunk, int64_t bits);

  /// Of a network of features: see FeatureTrunk.
  void fit_space(const hashloom::Tensor& features) { feature_trunk_->fit_space(features); }

  /// Canvases [n, C, H, W] or features [n, D] -> float32 [n, bits]. `kept`, of features: see FeatureTrunk.
  hashloom::Tensor forward(const hashloom::Tensor& items, hashloom::support::Statistics statistics,
                           const hashloom::Tensor& kept = {});

 private:
  hashloom::support::Trunk image_trunk_{nullptr};
  FeatureTrunk feature_trunk_{nullptr};
  torch::nn::Linear head_{nullptr};
};
TORCH_MODULE(PghNetwork);
