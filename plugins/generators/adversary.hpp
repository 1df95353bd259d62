#pragma once
#include <hashloom/train.hpp>
#include <vector>

/// What the two sides of every GAN here have in common: binary cross-entropy of logits, the generator's loss being the
/// non-saturating one, -log D(G(z | b)) (Goodfellow et al. 2014).
namespace adversary {

hashloom::Tensor loss_if_real(const hashloom::Tensor& logits);
hashloom::Tensor loss_if_synthetic(const hashloom::Tensor& logits);

/// Fewer items than these have no batch statistics worth the name: running ones are used instead.
inline constexpr int64_t kSmallestBatch = 32;

/// Within its scope no gradient is computed for the module's weights.
class Frozen {
 public:
  explicit Frozen(const torch::nn::Module& module) : weights_(module.parameters()) { set(false); }
  ~Frozen() { set(true); }
  Frozen(const Frozen&) = delete;
  Frozen& operator=(const Frozen&) = delete;

 private:
  void set(bool wanted) {
    for (auto& weight : weights_) weight.set_requires_grad(wanted);
  }
  std::vector<hashloom::Tensor> weights_;
};

}  // namespace adversary
