#pragma once
#include <support/principal_space.hpp>
#include <support/trunk.hpp>

struct FeatureTrunkOptions {
  int64_t dimensions = 0;    ///< of the features
  int64_t components = 128;  ///< of the principal space that the features enter, at the most
  int64_t hidden = 512;      ///< numbers that it gives
};

/// What the hash network of features has in place of convolutions: the features enter their principal space, which is
/// fixed, then go through a fully connected layer, batch norm, ReLU and, while learning, dropout.
class FeatureTrunkImpl : public torch::nn::Module {
 public:
  explicit FeatureTrunkImpl(const FeatureTrunkOptions& options);
  /// Fits the principal space to the training features, float32 [N, dimensions] on the CPU.
  void fit_space(const hashloom::Tensor& features);

  /// features [n, dimensions] -> [n, hidden]. `kept` [n, hidden] multiplies what comes out; undefined: 1.
  hashloom::Tensor forward(const hashloom::Tensor& features, hashloom::support::Statistics statistics,
                           const hashloom::Tensor& kept);
  int64_t features() const { return first_->options.out_features(); }

 private:
  hashloom::Tensor mean_, into_;  // [dimensions], [dimensions, components]: buffers, which are not learned
  torch::nn::Linear first_;
  torch::nn::BatchNorm1d norm_;
};
TORCH_MODULE(FeatureTrunk);
