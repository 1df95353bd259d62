#pragma once
#include <ATen/ops/softplus.h>

#include <functional>
#include <hashloom/train.hpp>
#include <optional>
#include <support/initialise.hpp>
#include <support/training_set.hpp>
#include <support/trunk.hpp>
#include <vector>

namespace adversary {

inline hashloom::Tensor loss_if_real(const hashloom::Tensor& logits) { return at::softplus(-logits).mean(); }
inline hashloom::Tensor loss_if_synthetic(const hashloom::Tensor& logits) { return at::softplus(logits).mean(); }

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

/// The two networks of a GAN with their optimisers: what is learned, one step of learning, and drawing. `Generator`
/// maps noise [n, shape.noise] and signs [n, bits] to items, `Discriminator` items and signs to logits [n].
template <class Shape, class Generator, class Discriminator>
class ConditionalGan {
 public:
  using Tensor = hashloom::Tensor;

  /// Weights are to be loaded, or drawn by initialise().
  ConditionalGan(const Shape& shape, at::Device device, const hashloom::Adam::Options& options);
  void initialise(at::Generator random);

  struct Losses {
    Tensor discriminator, generator;  ///< float32 []
  };
  /// One step of each network on items and their codes (bool [n, bits]), by binary cross-entropy; the generator's
  /// loss is the non-saturating one, -log D(G(z | b)) (Goodfellow et al. 2014). `further`, if given, is a loss of the
  /// synthetic items that is added to the generator's; its gradient flows on into all that it is made of.
  using FurtherLoss = std::function<Tensor(const Tensor& synthetic)>;
  Losses step(const Tensor& items, const Tensor& codes, hashloom::Context& run, const FurtherLoss& further = {});

  /// Items for codes, float32, one for each row of noise. No gradient, no change.
  Tensor draw(const Tensor& noise, const Tensor& codes, bool bf16) const;
  /// The discriminator's logits, without gradient.
  Tensor judge(const Tensor& items, const Tensor& codes, bool bf16) const;

  const Shape& shape() const { return shape_; }
  void set_learning_rate(double learning_rate);
  void state(hashloom::State& s);

 private:
  Tensor discriminator_step(const Tensor& real, const Tensor& synthetic, const Tensor& signs, hashloom::Context& run);
  Tensor generator_step(const Tensor& synthetic, const Tensor& signs, hashloom::Context& run,
                        const FurtherLoss& further);

  Shape shape_;
  at::Device device_;
  // Mutable: LibTorch's modules have no const forward; draw() and judge() leave them as they are.
  mutable Generator generator_;
  mutable Discriminator discriminator_;
  std::optional<hashloom::Adam> generator_adam_, discriminator_adam_;
};

template <class S, class G, class D>
ConditionalGan<S, G, D>::ConditionalGan(const S& shape, at::Device device, const hashloom::Adam::Options& options)
    : shape_(shape), device_(device), generator_(shape), discriminator_(shape) {
  hashloom::support::place(*generator_, device);
  hashloom::support::place(*discriminator_, device);
  generator_adam_.emplace(generator_->parameters(), options);
  discriminator_adam_.emplace(discriminator_->parameters(), options);
}

template <class S, class G, class D>
void ConditionalGan<S, G, D>::initialise(at::Generator random) {
  hashloom::support::initialise(*generator_, random);
  hashloom::support::initialise(*discriminator_, random);
}

template <class S, class G, class D>
auto ConditionalGan<S, G, D>::step(const Tensor& items, const Tensor& codes, hashloom::Context& run,
                                   const FurtherLoss& further) -> Losses {
  const Tensor signs = hashloom::support::to_signs(codes), noise = run.randn({codes.size(0), shape_.noise});
  Tensor synthetic;
  {
    const hashloom::Autocast reduced(run);
    synthetic = generator_->forward(noise, signs, hashloom::support::Statistics::learn);
  }
  const Tensor discriminator_loss = discriminator_step(items, synthetic.detach(), signs, run);
  return {discriminator_loss, generator_step(synthetic, signs, run, further)};
}

template <class S, class G, class D>
auto ConditionalGan<S, G, D>::discriminator_step(const Tensor& real, const Tensor& synthetic, const Tensor& signs,
                                                 hashloom::Context& run) -> Tensor {
  Tensor of_real, of_synthetic;
  {
    const hashloom::Autocast reduced(run);
    of_real = discriminator_->forward(real, signs);
    of_synthetic = discriminator_->forward(synthetic, signs);
  }
  const Tensor loss = adversary::loss_if_real(of_real) + adversary::loss_if_synthetic(of_synthetic);
  discriminator_adam_->zero_grad();
  loss.backward();
  discriminator_adam_->step();
  return loss.detach();
}

template <class S, class G, class D>
auto ConditionalGan<S, G, D>::generator_step(const Tensor& synthetic, const Tensor& signs, hashloom::Context& run,
                                             const FurtherLoss& further) -> Tensor {
  const adversary::Frozen judge(*discriminator_);
  Tensor logits;
  {
    const hashloom::Autocast reduced(run);
    logits = discriminator_->forward(synthetic, signs);
  }
  const Tensor loss = adversary::loss_if_real(logits);
  generator_adam_->zero_grad();
  (further ? loss + further(synthetic) : loss).backward();
  generator_adam_->step();
  return loss.detach();
}

template <class S, class G, class D>
auto ConditionalGan<S, G, D>::draw(const Tensor& noise, const Tensor& codes, bool bf16) const -> Tensor {
  using hashloom::support::Statistics;
  const at::NoGradGuard no_gradient;
  const hashloom::Autocast reduced(device_.type(), bf16);
  const auto statistics = codes.size(0) < adversary::kSmallestBatch ? Statistics::running : Statistics::batch;
  return generator_->forward(noise, hashloom::support::to_signs(codes), statistics).to(at::kFloat);
}

template <class S, class G, class D>
auto ConditionalGan<S, G, D>::judge(const Tensor& items, const Tensor& codes, bool bf16) const -> Tensor {
  const at::NoGradGuard no_gradient;
  const hashloom::Autocast reduced(device_.type(), bf16);
  return discriminator_->forward(items, hashloom::support::to_signs(codes));
}

template <class S, class G, class D>
void ConditionalGan<S, G, D>::set_learning_rate(double learning_rate) {
  generator_adam_->set_learning_rate(learning_rate);
  discriminator_adam_->set_learning_rate(learning_rate);
}

template <class S, class G, class D>
void ConditionalGan<S, G, D>::state(hashloom::State& s) {
  visit(s, "generator", *generator_);
  visit(s, "discriminator", *discriminator_);
  generator_adam_->state(s, "generator_adam");
  discriminator_adam_->state(s, "discriminator_adam");
}
