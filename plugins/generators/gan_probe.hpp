#pragma once
#include <functional>
#include <support/training_set.hpp>

#include "gan_health.hpp"

/// What a probe asks of a GAN.
struct ProbedGan {
  std::function<hashloom::Tensor(const hashloom::Tensor& codes)> draw;  ///< an item for each code
  /// The discriminator's logits of items for codes.
  std::function<hashloom::Tensor(const hashloom::Tensor& items, const hashloom::Tensor& codes)> judge;
};

/// Measures a GAN on up to 256 training items.
GanHealth probe(const ProbedGan& gan, const hashloom::support::TrainingSet& data, hashloom::Context& run);

/// The same of a model with draw(), judge() and shape().noise, with noise from `run`.
template <class Model>
GanHealth probe(const Model& model, const hashloom::support::TrainingSet& data, hashloom::Context& run) {
  const ProbedGan gan{[&](const auto& codes) {
                        return model.draw(run.randn({codes.size(0), model.shape().noise}), codes, run.bf16());
                      },
                      [&](const auto& items, const auto& codes) { return model.judge(items, codes, run.bf16()); }};
  return probe(gan, data, run);
}
