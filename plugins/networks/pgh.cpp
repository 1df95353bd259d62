#include <hashloom/train.hpp>
#include <support/loss_meter.hpp>

#include "hash_learner.hpp"

using namespace hashloom;

/// The hash network of progressive generative hashing (Ma et al. 2018, step 3): learns codes in which an image is near
/// to images drawn for its code and far from those drawn for other codes; features in place of images work the same.
/// Departs from the paper: network and learning rates, which it does not give; see also pgh_loss.hpp.
class Pgh final : public HashNetwork {
 public:
  static Schema schema();
  explicit Pgh(const Params& p) : epochs_(p.integer("epochs")), batch_(p.integer("batch")), learner_(p) {}

  void train(const TrainingInputs& in, Context& run) override;
  void attach(at::Device device) override { learner_.move_to(device); }
  Tensor bits(const Tensor& batch) const override { return learner_.bits(batch); }
  void state(State& s) override { learner_.state(s); }
  void tune(const Params& p) override { learner_.set_learning_rate(p.number("learning_rate")); }
  std::optional<TorchScript> torch_script() const override { return learner_.torch_script(); }

 private:
  void train_epoch(const support::TrainingSet& data, const Generator& generator, Context& run);
  PghLoss step(const Tensor& real, const Tensor& synthetic, const Tensor& codes, Context& run);

  int64_t epochs_, batch_;
  HashLearner learner_;
};

Schema Pgh::schema() {
  return HashLearner::with_params(
             Schema("Hash network learned from triplets of real and generated images, or features")
                 .param("epochs", 12, between(1, 10000), "passes over the images a round")
                 .param("batch", 64, between(2, 4096), "real images a step, each with one generated")
                 .unit("images"))
      .input("images", port::kImages, Need::optional, "images to hash")
      .input("features", port::kFeatures, Need::optional, "features to hash, in place of images")
      .input("codes", port::kCodes, Need::required, "their codes so far")
      .input("generator", port::kGenerator, Need::required, "draws images, or such features, for a code");
}

void Pgh::train(const TrainingInputs& in, Context& run) {
  const support::TrainingSet data(in, run.device());
  learner_.prepare(data, run);
  for ([[maybe_unused]] const int64_t epoch : run.epochs(epochs_)) train_epoch(data, in.generator(), run);
  learner_.examine(data, run);
}

void Pgh::train_epoch(const support::TrainingSet& data, const Generator& generator, Context& run) {
  const auto batches = data.shuffled(batch_, run);
  support::LossMeter meter(run, {"triplet", "quantisation"}, batches.size() * batches[0].size(0),
                           learner_.learning_rate());
  for (const auto& items : batches) {
    const Tensor codes = data.codes(items);
    const Tensor synthetic = learner_.inputs_of(generator.sample(codes, items, run.draw_seed()));
    const PghLoss loss = step(data.inputs(items), synthetic, codes, run);
    meter.add({loss.triplet, loss.quantisation}, items.size(0));
  }
  meter.finish();
}

PghLoss Pgh::step(const Tensor& real, const Tensor& synthetic, const Tensor& codes, Context& run) {
  const PghLoss loss = learner_.loss(real, synthetic, codes, run);
  learner_.adam().zero_grad();
  loss.total.backward();
  learner_.adam().step();
  return loss;
}

HASHLOOM_PLUGIN("pgh", "1.0.0", component<Pgh>("network/pgh"))
