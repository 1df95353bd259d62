#include <generators/dcgan_model.hpp>
#include <generators/gan_probe.hpp>
#include <hashloom/train.hpp>
#include <support/loss_meter.hpp>
#include <support/move_state.hpp>
#include <support/pixels.hpp>

#include "hash_learner.hpp"

using namespace hashloom;

/// PGH's round as its objective is written (Ma et al. 2018, step 4): min over G and H, max over D of L_DG + lambda
/// L_HG, all three networks in every step. H learns from the images that G has just drawn, and H's loss flows into G,
/// so that G draws what teaches; where network/pgh alternates, first the GAN, then H. The networks and losses are those
/// of generator/dcgan and network/pgh. lambda decides how much G heeds H: to H, which follows Adam, a factor is
/// nothing.
class PghJoint final : public HashNetwork {
 public:
  static Schema schema();
  explicit PghJoint(const Params& p)
      : epochs_(p.integer("epochs")),
        batch_(p.integer("batch")),
        lambda_(p.number("lambda")),
        gan_shape_{.noise = p.integer("noise"), .width = p.integer("gan_width")},
        gan_options_{.learning_rate = p.number("gan_learning_rate"), .beta1 = p.number("beta1")},
        learner_(p) {}

  void train(const TrainingInputs& in, Context& run) override;
  void attach(at::Device device) override { move_to(device); }
  Tensor bits(const Tensor& batch) const override { return learner_.bits(batch); }
  void state(State& s) override;
  void tune(const Params& p) override;
  std::optional<TorchScript> torch_script() const override { return learner_.torch_script(); }

 private:
  void prepare(const support::TrainingSet& data, Context& run);
  void build_gan() { gan_.emplace(gan_shape_, device_, gan_options_); }
  void move_to(at::Device device);
  void train_epoch(const support::TrainingSet& data, Context& run);

  struct Losses {
    DcganModel::Losses gan;
    PghLoss hash;
  };
  Losses step(const support::TrainingSet& data, const Tensor& items, Context& run);

  int64_t epochs_, batch_;
  double lambda_;
  DcganShape gan_shape_;
  Adam::Options gan_options_;
  at::Device device_ = at::kCPU;
  HashLearner learner_;
  std::optional<DcganModel> gan_;
};

Schema PghJoint::schema() {
  auto schema = Schema("Hash network and GAN that learn together, each step of one from the other")
                    .param("epochs", 24, between(1, 10000), "passes over the images a round")
                    .param("batch", 64, between(2, 4096), "real images a step, each with one generated")
                    .unit("images")
                    .param("lambda", 0.1, between(1e-6, 1000), "weight of the hash network's loss in the generator's")
                    .param("gan_learning_rate", 5e-4, between(1e-8, 1), "of Adam, for generator and discriminator")
                    .tunable()
                    .param("beta1", 0.5, between(0, 0.999), "decay of the mean gradient of these")
                    .param("gan_width", 16, between(1, 512), "channels of the generator's layer next to the image")
                    .param("noise", 64, between(1, 4096), "numbers of noise beside the code");
  return HashLearner::with_params(std::move(schema))
      .input("images", port::kImages, Need::required, "images to hash")
      .input("codes", port::kCodes, Need::required, "their codes so far");
}

void PghJoint::tune(const Params& p) {
  gan_options_.learning_rate = p.number("gan_learning_rate");
  gan_->set_learning_rate(gan_options_.learning_rate);
  learner_.set_learning_rate(p.number("learning_rate"));
}

void PghJoint::move_to(at::Device device) {
  learner_.move_to(device);
  support::move_state(*this, device_, device);
}

void PghJoint::prepare(const support::TrainingSet& data, Context& run) {
  move_to(run.device());
  learner_.prepare(data, run);
  if (gan_) return;
  gan_shape_.canvas = support::canvas_of(data.shape().images);
  gan_shape_.bits = data.bits();
  build_gan();
  gan_->initialise(run.random());
}

void PghJoint::train(const TrainingInputs& in, Context& run) {
  const support::TrainingSet data(in, run.device());
  prepare(data, run);
  for ([[maybe_unused]] const int64_t epoch : run.epochs(epochs_)) train_epoch(data, run);
  learner_.examine(data, run);
}

void PghJoint::train_epoch(const support::TrainingSet& data, Context& run) {
  const auto batches = data.shuffled(batch_, run);
  support::LossMeter meter(run, {"discriminator", "generator", "triplet", "quantisation"},
                           batches.size() * batches[0].size(0), gan_options_.learning_rate);
  for (const auto& items : batches) {
    const auto [gan, hash] = step(data, items, run);
    meter.add({gan.discriminator, gan.generator, hash.triplet, hash.quantisation}, items.size(0));
  }
  meter.finish();
  probe(*gan_, data, run).record(run);
}

PghJoint::Losses PghJoint::step(const support::TrainingSet& data, const Tensor& items, Context& run) {
  const Tensor images = data.inputs(items), codes = data.codes(items);
  PghLoss hash;
  const auto loss_of_hashing = [&](const Tensor& synthetic) {
    const Tensor drawn = support::from_canvas(synthetic.to(at::kFloat), data.shape().images);
    hash = learner_.loss(images, learner_.inputs_of(drawn), codes, run);
    return hash.total * lambda_;
  };
  learner_.adam().zero_grad();
  const auto gan = gan_->step(images, codes, run, loss_of_hashing);
  learner_.adam().step();
  return {gan, hash};
}

void PghJoint::state(State& s) {
  learner_.state(s);
  auto& canvas = gan_shape_.canvas;
  s("canvas.channels", canvas.channels)("canvas.height", canvas.height)("canvas.width", canvas.width);
  s("gan_bits", gan_shape_.bits);
  if (gan_shape_.bits == 0) return;
  if (s.loading()) build_gan();
  gan_->state(s);
}

HASHLOOM_PLUGIN("pgh_joint", "1.0.0", component<PghJoint>("network/pgh-joint"))
