#include <ATen/ops/cat.h>

#include <hashloom/train.hpp>
#include <support/code_health.hpp>
#include <support/initialise.hpp>
#include <support/loss_meter.hpp>
#include <support/pixels.hpp>
#include <support/training_set.hpp>

#include "pgh_loss.hpp"
#include "pgh_script.hpp"

using namespace hashloom;
using support::Statistics;

/// The hash network of progressive generative hashing (Ma et al. 2018, step 3): learns codes in which an image is near
/// to images drawn for its code and far from those drawn for other codes. Departs from the paper: network and learning
/// rates, which it does not give; see also pgh_loss.hpp.
class Pgh final : public HashNetwork {
 public:
  static Schema schema();
  explicit Pgh(const Params& p);

  void train(const TrainingInputs& in, Context& run) override;
  void attach(at::Device device) override { move_to(device); }
  Tensor bits(const Tensor& batch) const override;
  void state(State& s) override;
  void tune(const Params& p) override;
  std::optional<TorchScript> torch_script() const override {
    return network_ ? std::optional(pgh_script(*network_, spec_)) : std::nullopt;
  }

 private:
  void prepare(const support::TrainingSet& data, Context& run);
  void build();
  void move_to(at::Device device);
  void train_epoch(const support::TrainingSet& data, const Generator& generator, Context& run);
  PghLoss step(const Tensor& real, const Tensor& synthetic, const Tensor& codes, Context& run);
  void examine(const support::TrainingSet& data, Context& run) const;
  Tensor bits_of_canvases(const Tensor& canvases) const;

  int64_t epochs_, batch_, width_;
  PghLossOptions loss_;
  Adam::Options options_;
  at::Device device_ = at::kCPU;
  ImageSpec spec_;
  int64_t bits_ = 0;  // 0: nothing learned yet
  // Mutable: LibTorch's modules have no const forward; bits() leaves it as it is.
  mutable PghNetwork network_{nullptr};
  std::optional<Adam> adam_;
};

Schema Pgh::schema() {
  return Schema("Hash network learned from triplets of real and generated images")
      .param("epochs", 12, between(1, 10000), "passes over the images a round")
      .param("batch", 64, between(2, 4096), "real images a step, each with one generated")
      .unit("images")
      .param("learning_rate", 1e-3, between(1e-8, 1), "of Adam")
      .tunable()
      .param("width", 16, between(1, 512), "channels of the first layer; the next have 2 and 4 times as many")
      .param(
          "margin", "constant", one_of({"constant", "graded"}),
          "between right and wrong pairs: constant is gamma times the code length, graded follows the codes' distance")
      .param("gamma", 0.5, between(0, 1), "constant margin as a fraction of the code length")
      .param("graded_margin", 0.7, between(0, 1), "graded margin as a fraction of the codes' distance")
      .param("quantisation", 0.01, between(0, 100), "weight of the distance to the network's own bits");
}

Pgh::Pgh(const Params& p) : epochs_(p.integer("epochs")), batch_(p.integer("batch")), width_(p.integer("width")) {
  using Margin = PghLossOptions::Margin;
  loss_ = {.margin = p.text("margin") == "graded" ? Margin::graded : Margin::constant,
           .gamma = p.number("gamma"),
           .graded_margin = p.number("graded_margin"),
           .quantisation = p.number("quantisation")};
  options_ = {.learning_rate = p.number("learning_rate")};
}

void Pgh::tune(const Params& p) {
  options_.learning_rate = p.number("learning_rate");
  adam_->set_learning_rate(options_.learning_rate);
}

void Pgh::build() {
  network_ = PghNetwork(support::TrunkOptions{.canvas = support::canvas_of(spec_), .width = width_}, bits_);
  support::place(*network_, device_);
  adam_.emplace(network_->parameters(), options_);
}

void Pgh::move_to(at::Device device) {
  if (device_ == device) return;
  State saved;
  state(saved);
  device_ = device;
  State again(saved.tensors());
  state(again);
}

void Pgh::prepare(const support::TrainingSet& data, Context& run) {
  move_to(run.device());
  if (network_ && spec_ == data.spec() && bits_ == data.bits()) return;
  if (network_) throw ShapeError("images or codes have another shape than in the last round", "use fresh: true");
  spec_ = data.spec();
  bits_ = data.bits();
  build();
  support::initialise(*network_, run.random());
}

void Pgh::train(const TrainingInputs& in, Context& run) {
  const support::TrainingSet data(in, run.device());
  prepare(data, run);
  for ([[maybe_unused]] const int64_t epoch : run.epochs(epochs_)) train_epoch(data, in.generator(), run);
  examine(data, run);
}

void Pgh::train_epoch(const support::TrainingSet& data, const Generator& generator, Context& run) {
  const auto batches = data.shuffled(batch_, run);
  support::LossMeter meter(run, {"triplet", "quantisation"}, batches.size() * batches[0].size(0),
                           options_.learning_rate);
  for (const auto& items : batches) {
    const Tensor codes = data.codes(items);
    const Tensor synthetic = support::to_canvas(generator.sample(codes, items, run.draw_seed()));
    const PghLoss loss = step(data.images(items), synthetic, codes, run);
    meter.add({loss.triplet, loss.quantisation}, items.size(0));
  }
  meter.finish();
}

PghLoss Pgh::step(const Tensor& real, const Tensor& synthetic, const Tensor& codes, Context& run) {
  Tensor outputs;
  {
    const Autocast reduced(run);
    outputs = network_->forward(at::cat({real, synthetic}), Statistics::learn);
  }
  const auto halves = outputs.split(real.size(0));
  const PghLoss loss = pgh_loss(halves[0], halves[1], codes, loss_);
  adam_->zero_grad();
  loss.total.backward();
  adam_->step();
  return loss;
}

namespace {

constexpr int64_t kExamined = 2000, kExaminedAtOnce = 500;

}  // namespace

void Pgh::examine(const support::TrainingSet& data, Context& run) const {
  const Tensor items = data.spread(kExamined);
  std::vector<Tensor> now;
  for (const auto& some : items.split(kExaminedAtOnce)) now.push_back(bits_of_canvases(data.images(some)));
  const auto health = support::examine(at::cat(now), data.codes(items));
  run.metric("correlation of bits", health.correlation, {.higher_is_better = false});
  run.metric("distinct codes in a sample", static_cast<double>(health.distinct), {.unit = "codes"});
  run.metric("changed bits in a sample", health.changed, {.unit = "%", .higher_is_better = false});
  support::warn(run, support::troubles(health, run.round()));
}

Tensor Pgh::bits_of_canvases(const Tensor& canvases) const {
  const at::NoGradGuard no_gradient;
  const Autocast full(device_.type(), /*bf16=*/false);
  return network_->forward(canvases, Statistics::running) > 0.5;
}

Tensor Pgh::bits(const Tensor& batch) const {
  if (!network_) throw std::logic_error("network/pgh is asked for codes before it has learned");
  if (batch.dim() != 4 || batch.size(1) != spec_.channels || batch.size(2) != spec_.height ||
      batch.size(3) != spec_.width)
    throw ShapeError("the network was trained on images of " + std::to_string(spec_.channels) + " x " +
                         std::to_string(spec_.height) + " x " + std::to_string(spec_.width) + ", these are " +
                         describe(batch),
                     "fit them to the data set's size first");
  const Tensor canvases = support::to_canvas(support::to_floats(batch.to(device_)));
  return bits_of_canvases(canvases).to(batch.device());
}

void Pgh::state(State& s) {
  s("channels", spec_.channels)("height", spec_.height)("width", spec_.width)("bits", bits_);
  if (bits_ == 0) return;
  if (s.loading()) build();
  visit(s, "network", *network_);
  adam_->state(s, "adam");
}

HASHLOOM_PLUGIN("pgh", "1.0.0", component<Pgh>("network/pgh"))
