#include <ATen/CPUGeneratorImpl.h>
#include <ATen/ops/randn.h>

#include <hashloom/train.hpp>
#include <support/loss_meter.hpp>
#include <support/pixels.hpp>
#include <support/training_set.hpp>

#include "dcgan_model.hpp"
#include "gan_probe.hpp"

using namespace hashloom;

/// A DCGAN (Radford et al. 2015) conditional on binary codes: draws images that look like those that share a code
/// (Ma et al. 2018, step 2: min over G, max over D of log D(x_i | b_i) + log(1 - D(G(z_i | b_i)))). Departs from the
/// paper: sizes and learning rates, which it does not give; the generator's loss is the non-saturating one.
class Dcgan final : public Generator {
 public:
  static Schema schema();
  explicit Dcgan(const Params& p);

  void train(const TrainingInputs& in, Context& run) override;
  void attach(const TrainingInputs& in, at::Device device) override { device_ = device; }
  Tensor sample(const Tensor& codes, const Tensor& items, uint64_t seed) const override;
  void state(State& s) override;
  void tune(const Params& p) override;

 private:
  void prepare(const support::TrainingSet& data, Context& run);
  void build();
  void move_to(at::Device device);
  void train_epoch(const support::TrainingSet& data, Context& run);

  int64_t epochs_, batch_, noise_, width_;
  Adam::Options options_;
  at::Device device_ = at::kCPU;
  ImageSpec spec_;
  int64_t bits_ = 0;  // 0: nothing learned yet
  bool bf16_ = false;
  std::optional<DcganModel> model_;
  std::optional<GanHealth> health_, health_before_;  // at the end of this round and of the one before
};

Schema Dcgan::schema() {
  return Schema("Convolutional GAN that draws images for a code")
      .param("epochs", 24, between(1, 10000), "passes over the images a round")
      .param("batch", 64, between(2, 4096), "images a step")
      .unit("images")
      .param("learning_rate", 5e-4, between(1e-8, 1), "of Adam, for both networks")
      .tunable()
      .param("beta1", 0.5, between(0, 0.999), "decay of Adam's mean gradient")
      .param("width", 16, between(1, 512),
             "channels of the layer next to the image; deeper ones have 2 and 4 times as many")
      .param("noise", 64, between(1, 4096), "numbers of noise beside the code");
}

Dcgan::Dcgan(const Params& p)
    : epochs_(p.integer("epochs")), batch_(p.integer("batch")), noise_(p.integer("noise")), width_(p.integer("width")) {
  options_ = {.learning_rate = p.number("learning_rate"), .beta1 = p.number("beta1")};
}

void Dcgan::tune(const Params& p) {
  options_.learning_rate = p.number("learning_rate");
  model_->set_learning_rate(options_.learning_rate);
}

void Dcgan::build() {
  const DcganShape shape{.canvas = support::canvas_of(spec_), .bits = bits_, .noise = noise_, .width = width_};
  model_.emplace(shape, device_, options_);
}

void Dcgan::move_to(at::Device device) {
  if (device_ == device) return;
  State saved;
  state(saved);
  device_ = device;
  State again(saved.tensors());
  state(again);
}

void Dcgan::prepare(const support::TrainingSet& data, Context& run) {
  move_to(run.device());
  bf16_ = run.bf16();
  health_before_ = health_;
  if (model_ && spec_ == data.spec() && bits_ == data.bits()) return;
  if (model_) throw ShapeError("images or codes have another shape than in the last round", "use fresh: true");
  spec_ = data.spec();
  bits_ = data.bits();
  build();
  model_->initialise(run.random());
}

void Dcgan::train_epoch(const support::TrainingSet& data, Context& run) {
  const auto batches = data.shuffled(batch_, run);
  support::LossMeter meter(run, {"discriminator", "generator"}, batches.size() * batches[0].size(0),
                           options_.learning_rate);
  for (const auto& items : batches) {
    const auto losses = model_->step(data.images(items), data.codes(items), run);
    meter.add({losses.discriminator, losses.generator}, items.size(0));
  }
  meter.finish();
  health_ = probe(*model_, data, run);
  health_->record(run);
}

void Dcgan::train(const TrainingInputs& in, Context& run) {
  const support::TrainingSet data(in, run.device());
  prepare(data, run);
  for ([[maybe_unused]] const int64_t epoch : run.epochs(epochs_)) train_epoch(data, run);
  support::warn(run, troubles(*health_, health_before_));
}

Tensor Dcgan::sample(const Tensor& codes, const Tensor& items, uint64_t seed) const {
  if (!model_) throw std::logic_error("generator/dcgan is sampled from before it has learned");
  if (codes.dim() != 2 || codes.size(1) != bits_)
    throw ShapeError("the generator was trained on codes of " + std::to_string(bits_) + " bits, these are " +
                     describe(codes));
  const auto random = at::make_generator<at::CPUGeneratorImpl>(seed);
  const Tensor noise = at::randn({codes.size(0), noise_}, random, at::TensorOptions(at::kFloat)).to(device_);
  return support::from_canvas(model_->draw(noise, codes.to(device_), bf16_), spec_);
}

namespace {

void visit_health(State& s, const std::string& name, std::optional<GanHealth>& health) {
  bool known = health.has_value();
  s(name, known);
  if (s.loading()) health = known ? std::optional(GanHealth{}) : std::nullopt;
  if (known) health->state(s, name);
}

}  // namespace

void Dcgan::state(State& s) {
  s("channels", spec_.channels)("height", spec_.height)("width", spec_.width)("bits", bits_)("bf16", bf16_);
  if (bits_ == 0) return;
  if (s.loading()) build();
  model_->state(s);
  visit_health(s, "health", health_);
  visit_health(s, "health_before", health_before_);
}

HASHLOOM_PLUGIN("dcgan", "1.0.0", component<Dcgan>("generator/dcgan"))
