#pragma once
#include <support/principal_space.hpp>

#include "mlp_networks.hpp"

/// Both networks of a GAN of features with their optimisers and the principal space in which they work: features come
/// in and go out.
class MlpModel {
 public:
  /// Weights are to be loaded, or drawn by initialise().
  MlpModel(const MlpShape& shape, at::Device device, const hashloom::Adam::Options& options);
  /// `features`: the training split, float32 [N, D] on the CPU.
  void initialise(const hashloom::Tensor& features, at::Generator random);

  struct Losses {
    hashloom::Tensor discriminator, generator;  ///< float32 []
  };
  /// One step of each network on features and their codes (bool [n, bits]).
  Losses step(const hashloom::Tensor& features, const hashloom::Tensor& codes, hashloom::Context& run);

  /// Features for codes, one for each row of noise. No gradient, no change.
  hashloom::Tensor draw(const hashloom::Tensor& noise, const hashloom::Tensor& codes, bool bf16) const;
  /// The discriminator's logits, without gradient.
  hashloom::Tensor judge(const hashloom::Tensor& features, const hashloom::Tensor& codes, bool bf16) const;

  const MlpShape& shape() const { return shape_; }
  void set_learning_rate(double learning_rate);
  void state(hashloom::State& s);

 private:
  hashloom::Tensor discriminator_step(const hashloom::Tensor& real, const hashloom::Tensor& synthetic,
                                      const hashloom::Tensor& signs, hashloom::Context& run);
  hashloom::Tensor generator_step(const hashloom::Tensor& synthetic, const hashloom::Tensor& signs,
                                  hashloom::Context& run);

  MlpShape shape_;
  at::Device device_;
  hashloom::support::PrincipalSpace space_;
  // Mutable: LibTorch's modules have no const forward; draw() and judge() leave them as they are.
  mutable MlpGenerator generator_;
  mutable MlpDiscriminator discriminator_;
  std::optional<hashloom::Adam> generator_adam_, discriminator_adam_;
};
