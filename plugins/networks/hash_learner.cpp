#include "hash_learner.hpp"

#include <ATen/ops/cat.h>

#include <algorithm>
#include <support/code_health.hpp>
#include <support/initialise.hpp>
#include <support/move_state.hpp>
#include <support/pixels.hpp>
#include <support/spread.hpp>

#include "pgh_script.hpp"

using namespace hashloom;
using support::Statistics;

Schema HashLearner::with_params(Schema schema) {
  return schema.param("learning_rate", 1e-3, between(1e-8, 1), "of Adam")
      .tunable()
      .param("width", 16, between(1, 512),
             "of images: channels of the first layer; the next have 2 and 4 times as many")
      .param("components", 128, between(1, 65536), "of features: principal components that they are brought to")
      .param("hidden", 512, between(1, 65536), "of features: numbers of the hidden layer")
      .param("dropout", 0.2, between(0, 0.95), "of features: share of the hidden layer that a step leaves out")
      .param(
          "margin", "constant", one_of({"constant", "graded"}),
          "between right and wrong pairs: constant is gamma times the code length, graded follows the codes' distance")
      .param("gamma", 0.5, between(0, 1), "constant margin as a fraction of the code length")
      .param("graded_margin", 0.7, between(0, 1), "graded margin as a fraction of the codes' distance")
      .param("quantisation", 0.01, between(0, 100), "weight of the distance to the network's own bits");
}

HashLearner::HashLearner(const Params& p) : width_(p.integer("width")), dropout_(p.number("dropout")) {
  using Margin = PghLossOptions::Margin;
  feature_options_ = {.components = p.integer("components"), .hidden = p.integer("hidden")};
  loss_ = {.margin = p.text("margin") == "graded" ? Margin::graded : Margin::constant,
           .gamma = p.number("gamma"),
           .graded_margin = p.number("graded_margin"),
           .quantisation = p.number("quantisation")};
  options_ = {.learning_rate = p.number("learning_rate")};
}

void HashLearner::set_learning_rate(double learning_rate) {
  options_.learning_rate = learning_rate;
  adam_->set_learning_rate(learning_rate);
}

void HashLearner::build() {
  if (shape_.are_features()) {
    feature_options_.dimensions = shape_.dimensions;
    network_ = PghNetwork(feature_options_, bits_);
  } else {
    network_ = PghNetwork(support::TrunkOptions{.canvas = support::canvas_of(shape_.images), .width = width_}, bits_);
  }
  support::place(*network_, device_);
  adam_.emplace(network_->parameters(), options_);
}

void HashLearner::move_to(at::Device device) { support::move_state(*this, device_, device); }

void HashLearner::prepare(const support::TrainingSet& data, Context& run) {
  move_to(run.device());
  if (network_) return data.check_unchanged(shape_, bits_);
  shape_ = data.shape();
  bits_ = data.bits();
  build();
  support::initialise(*network_, run.random());
  if (shape_.are_features()) network_->fit_space(data.all_features());
}

Tensor HashLearner::inputs_of(const Tensor& drawn) const {
  shape_.check(drawn, "the network");
  return shape_.are_features() ? drawn : support::to_canvas(drawn);
}

/// Dropout's factors, with numbers from `run`.
Tensor HashLearner::kept(int64_t items, Context& run) const {
  if (!shape_.are_features() || dropout_ == 0) return {};
  return (run.rand({items, feature_options_.hidden}) >= dropout_).to(at::kFloat).div_(1 - dropout_);
}

PghLoss HashLearner::loss(const Tensor& real, const Tensor& synthetic, const Tensor& codes, Context& run) {
  Tensor outputs;
  {
    const Autocast reduced(run);
    const Tensor all = at::cat({real, synthetic});
    outputs = network_->forward(all, Statistics::learn, kept(all.size(0), run));
  }
  const auto halves = outputs.split(real.size(0));
  return pgh_loss(halves[0], halves[1], codes, loss_);
}

namespace {

constexpr int64_t kExamined = 2000, kExaminedAtOnce = 500;

}  // namespace

void HashLearner::examine(const support::TrainingSet& data, Context& run) const {
  const Tensor items = support::spread(kExamined, data.size());
  std::vector<Tensor> now;
  for (const auto& some : items.split(kExaminedAtOnce)) now.push_back(bits_of_inputs(data.inputs(some)));
  const auto health = support::examine(at::cat(now), data.codes(items));
  run.metric("correlation of bits", health.correlation, {.higher_is_better = false});
  run.metric("distinct codes in a sample", static_cast<double>(health.distinct), {.unit = "codes"});
  run.metric("changed bits in a sample", health.changed, {.unit = "%", .higher_is_better = false});
  support::warn(run, support::troubles(health, run.round()));
}

Tensor HashLearner::bits_of_inputs(const Tensor& inputs) const {
  const at::NoGradGuard no_gradient;
  const Autocast full(device_.type(), /*bf16=*/false);
  return network_->forward(inputs, Statistics::running) > 0.5;
}

Tensor HashLearner::bits(const Tensor& batch) const {
  if (!network_) throw std::logic_error("a hash network is asked for codes before it has learned");
  shape_.check(batch, "the network");
  const Tensor here = batch.to(device_);
  const Tensor inputs = shape_.are_features() ? here : support::to_canvas(support::to_floats(here));
  return bits_of_inputs(inputs).to(batch.device());
}

void HashLearner::state(State& s) {
  shape_.state(s);
  s("bits", bits_);
  if (bits_ == 0) return;
  if (s.loading()) build();
  visit(s, "network", *network_);
  adam_->state(s, "adam");
}

std::optional<TorchScript> HashLearner::torch_script() const {
  if (!network_) return {};
  return shape_.are_features() ? feature_script(*network_) : pgh_script(*network_, shape_.images);
}
