#pragma once
#include <support/training_set.hpp>

#include "pgh_loss.hpp"
#include "pgh_network.hpp"

/// The hash network of PGH with its optimiser, on images or on features: what it has learned, the loss of a step, and
/// the codes that it gives. Components differ in where the synthetic items come from.
class HashLearner {
 public:
  /// Adds the parameters that the constructor reads.
  static hashloom::Schema with_params(hashloom::Schema schema);
  explicit HashLearner(const hashloom::Params& p);

  /// Before each round: builds the network before the first one. Throws ShapeError if the data are of another shape
  /// than in the round before.
  void prepare(const hashloom::support::TrainingSet& data, hashloom::Context& run);

  /// Of items, and synthetic ones that were drawn for their codes (bool [n, bits]); both as TrainingSet::inputs gives
  /// them.
  PghLoss loss(const hashloom::Tensor& real, const hashloom::Tensor& synthetic, const hashloom::Tensor& codes,
               hashloom::Context& run);
  hashloom::Adam& adam() { return *adam_; }

  /// Records figures of the codes that it gives now, and warns of troubles.
  void examine(const hashloom::support::TrainingSet& data, hashloom::Context& run) const;

  /// What a generator has drawn, as TrainingSet::inputs gives items. Throws ShapeError if it is of another kind.
  hashloom::Tensor inputs_of(const hashloom::Tensor& drawn) const;

  hashloom::Tensor bits(const hashloom::Tensor& batch) const;  ///< as HashNetwork::bits
  void move_to(at::Device device);
  void state(hashloom::State& s);
  void set_learning_rate(double learning_rate);
  double learning_rate() const { return options_.learning_rate; }
  std::optional<hashloom::TorchScript> torch_script() const;

 private:
  void build();
  hashloom::Tensor kept(int64_t items, hashloom::Context& run) const;
  hashloom::Tensor bits_of_inputs(const hashloom::Tensor& inputs) const;

  int64_t width_;
  double dropout_;  // of features
  FeatureTrunkOptions feature_options_;
  PghLossOptions loss_;
  hashloom::Adam::Options options_;
  at::Device device_ = at::kCPU;
  hashloom::support::ItemShape shape_;
  int64_t bits_ = 0;  // 0: nothing learned yet
  // Mutable: LibTorch's modules have no const forward; bits() leaves it as it is.
  mutable PghNetwork network_{nullptr};
  std::optional<hashloom::Adam> adam_;
};
