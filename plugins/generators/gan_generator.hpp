#pragma once
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/ops/randn.h>

#include <hashloom/train.hpp>
#include <support/loss_meter.hpp>
#include <support/move_state.hpp>
#include <support/training_set.hpp>

#include "gan_probe.hpp"

/// A generator that is a GAN: training by epochs, health, drawing, and all that has to be kept. `Model` has both
/// networks and one step of learning; see ConditionalGan.
template <class Model>
class GanGenerator : public hashloom::Generator {
 public:
  static hashloom::Schema with_params(hashloom::Schema schema, int64_t epochs);
  explicit GanGenerator(const hashloom::Params& p);

  void train(const hashloom::TrainingInputs& in, hashloom::Context& run) override;
  void attach(const hashloom::TrainingInputs&, at::Device device) override { device_ = device; }
  hashloom::Tensor sample(const hashloom::Tensor& codes, const hashloom::Tensor& items, uint64_t seed) const override;
  void state(hashloom::State& s) override;
  void tune(const hashloom::Params& p) override;

 protected:
  using ItemShape = hashloom::support::ItemShape;
  struct Setting {
    const ItemShape& shape;
    int64_t bits, noise;
    at::Device device;
    const hashloom::Adam::Options& options;
  };
  virtual Model make(const Setting& setting) const = 0;
  /// Draws the weights of a new model.
  virtual void begin(Model& model, const hashloom::support::TrainingSet& data, hashloom::Context& run) const = 0;
  /// What a sample is of what the model has drawn.
  virtual hashloom::Tensor finished(const hashloom::Tensor& drawn, const ItemShape& shape) const { return drawn; }

 private:
  void prepare(const hashloom::support::TrainingSet& data, hashloom::Context& run);
  void build() { model_.emplace(make({shape_, bits_, noise_, device_, options_})); }
  void move_to(at::Device device);
  void train_epoch(const hashloom::support::TrainingSet& data, hashloom::Context& run);

  int64_t epochs_, batch_, noise_;
  hashloom::Adam::Options options_;
  at::Device device_ = at::kCPU;
  ItemShape shape_;
  int64_t bits_ = 0;  // 0: nothing learned yet
  bool bf16_ = false;
  std::optional<Model> model_;
  std::optional<GanHealth> health_, health_before_;  // at the end of this round and of the one before
};

template <class Model>
hashloom::Schema GanGenerator<Model>::with_params(hashloom::Schema schema, int64_t epochs) {
  using hashloom::between;
  return schema.param("epochs", epochs, between(1, 10000), "passes over the images a round")
      .param("batch", 64, between(2, 4096), "images a step")
      .unit("images")
      .param("learning_rate", 5e-4, between(1e-8, 1), "of Adam, for both networks")
      .tunable()
      .param("beta1", 0.5, between(0, 0.999), "decay of Adam's mean gradient")
      .param("noise", 64, between(1, 4096), "numbers of noise beside the code");
}

template <class Model>
GanGenerator<Model>::GanGenerator(const hashloom::Params& p)
    : epochs_(p.integer("epochs")), batch_(p.integer("batch")), noise_(p.integer("noise")) {
  options_ = {.learning_rate = p.number("learning_rate"), .beta1 = p.number("beta1")};
}

template <class Model>
void GanGenerator<Model>::tune(const hashloom::Params& p) {
  options_.learning_rate = p.number("learning_rate");
  model_->set_learning_rate(options_.learning_rate);
}

template <class Model>
void GanGenerator<Model>::move_to(at::Device device) {
  hashloom::support::move_state(*this, device_, device);
}

template <class Model>
void GanGenerator<Model>::prepare(const hashloom::support::TrainingSet& data, hashloom::Context& run) {
  move_to(run.device());
  bf16_ = run.bf16();
  health_before_ = health_;
  if (model_) return data.check_unchanged(shape_, bits_);
  shape_ = data.shape();
  bits_ = data.bits();
  build();
  begin(*model_, data, run);
}

template <class Model>
void GanGenerator<Model>::train_epoch(const hashloom::support::TrainingSet& data, hashloom::Context& run) {
  const auto batches = data.shuffled(batch_, run);
  hashloom::support::LossMeter meter(run, {"discriminator", "generator"}, batches.size() * batches[0].size(0),
                                     options_.learning_rate);
  for (const auto& items : batches) {
    const auto losses = model_->step(data.inputs(items), data.codes(items), run);
    meter.add({losses.discriminator, losses.generator}, items.size(0));
  }
  meter.finish();
  health_ = probe(*model_, data, run);
  health_->record(run);
}

template <class Model>
void GanGenerator<Model>::train(const hashloom::TrainingInputs& in, hashloom::Context& run) {
  const hashloom::support::TrainingSet data(in, run.device());
  prepare(data, run);
  for ([[maybe_unused]] const int64_t epoch : run.epochs(epochs_)) train_epoch(data, run);
  hashloom::support::warn(run, troubles(*health_, health_before_));
}

template <class Model>
hashloom::Tensor GanGenerator<Model>::sample(const hashloom::Tensor& codes, const hashloom::Tensor&,
                                             uint64_t seed) const {
  if (!model_) throw std::logic_error("a generator is sampled from before it has learned");
  if (codes.dim() != 2 || codes.size(1) != bits_)
    throw hashloom::ShapeError("the generator was trained on codes of " + std::to_string(bits_) + " bits, these are " +
                               hashloom::describe(codes));
  const auto random = at::make_generator<at::CPUGeneratorImpl>(seed);
  const hashloom::Tensor noise = at::randn({codes.size(0), noise_}, random, at::TensorOptions(at::kFloat)).to(device_);
  return finished(model_->draw(noise, codes.to(device_), bf16_), shape_);
}

template <class Model>
void GanGenerator<Model>::state(hashloom::State& s) {
  shape_.state(s);
  s("bits", bits_)("bf16", bf16_);
  if (bits_ == 0) return;
  if (s.loading()) build();
  model_->state(s);
  visit_health(s, "health", health_);
  visit_health(s, "health_before", health_before_);
}
