#pragma once
#include <support/trunk.hpp>

/// What the two networks of an MLP GAN are built for.
struct MlpShape {
  int64_t features = 0, bits = 0, noise = 64, hidden = 512;
  int64_t components = 128;  ///< of the principal space that the networks work in; no more than features
};

/// Noise and code to a point of the principal space: two hidden layers with batch norm and ReLU.
class MlpGeneratorImpl : public torch::nn::Module {
 public:
  explicit MlpGeneratorImpl(const MlpShape& shape);
  /// noise [n, shape.noise], signs [n, bits] of +1 and -1 -> [n, components].
  hashloom::Tensor forward(const hashloom::Tensor& noise, const hashloom::Tensor& signs,
                           hashloom::support::Statistics statistics);

 private:
  torch::nn::Linear first_, second_, third_;
  torch::nn::BatchNorm1d first_norm_, second_norm_;
};
TORCH_MODULE(MlpGenerator);

/// How real a point looks for a code: two hidden layers with leaky ReLU, the second with a bias from the code, give f;
/// the logit is w f + <f, E b>, a projection of the code (Miyato, Koyama 2018).
class MlpDiscriminatorImpl : public torch::nn::Module {
 public:
  explicit MlpDiscriminatorImpl(const MlpShape& shape);
  /// points [n, components], signs [n, bits] of +1 and -1 -> logits float32 [n].
  hashloom::Tensor forward(const hashloom::Tensor& points, const hashloom::Tensor& signs);

 private:
  torch::nn::Linear first_, second_, code_bias_, realism_, projection_;
};
TORCH_MODULE(MlpDiscriminator);
