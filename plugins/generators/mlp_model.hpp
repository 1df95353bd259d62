#pragma once
#include <support/principal_space.hpp>

#include "conditional_gan.hpp"
#include "mlp_networks.hpp"

/// Both networks of a GAN of features and the principal space in which they work: features come in and go out.
class MlpModel {
 public:
  using Gan = ConditionalGan<MlpShape, MlpGenerator, MlpDiscriminator>;

  /// Weights are to be loaded, or drawn by initialise().
  MlpModel(const MlpShape& shape, at::Device device, const hashloom::Adam::Options& options);
  /// `features`: the training split, float32 [N, D] on the CPU.
  void initialise(const hashloom::Tensor& features, at::Generator random);

  /// As those of Gan, on features.
  Gan::Losses step(const hashloom::Tensor& features, const hashloom::Tensor& codes, hashloom::Context& run);
  hashloom::Tensor draw(const hashloom::Tensor& noise, const hashloom::Tensor& codes, bool bf16) const;
  hashloom::Tensor judge(const hashloom::Tensor& features, const hashloom::Tensor& codes, bool bf16) const;

  const MlpShape& shape() const { return gan_.shape(); }
  void set_learning_rate(double learning_rate) { gan_.set_learning_rate(learning_rate); }
  void state(hashloom::State& s);

 private:
  hashloom::support::PrincipalSpace space_;
  Gan gan_;
};
