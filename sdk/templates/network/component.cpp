#include <ATen/core/grad_mode.h>

#include <hashloom/train.hpp>
using namespace hashloom;

/// A linear network that learns to give the codes which it gets, for real images and for drawn ones of the same code.
class @CLASS@ final : public HashNetwork {
 public:
  static Schema schema() {
    return Schema("A linear network that learns its codes")
        .param("epochs", 2, between(1, 10000), "passes over the images, each round")
        .unit("epochs")
        .param("batch", 100, between(1, 10000), "images a step")
        .unit("images")
        .param("learning_rate", 1e-3, between(1e-7, 1), "of Adam")
        .tunable();
  }
  explicit @CLASS@(const Params& p)
      : epochs_(p.integer("epochs")),
        batch_(p.integer("batch")),
        options_{.learning_rate = p.number("learning_rate")} {}
  void tune(const Params& p) override {
    options_.learning_rate = p.number("learning_rate");
    adam_->set_learning_rate(options_.learning_rate);
  }
  void train(const TrainingInputs& in, Context& run) override {
    const auto spec = in.images().spec();
    if (!layer_) build(spec.channels * spec.height * spec.width, in.codes().bits(), run.random());
    layer_->to(run.device());
    for ([[maybe_unused]] const int64_t epoch : run.epochs(epochs_)) train_epoch(in, run);
  }
  void attach(at::Device device) override { layer_->to(device); }
  Tensor bits(const Tensor& batch) const override {
    const at::NoGradGuard no_gradient;
    return forward(batch.to(at::kFloat) / 127.5 - 1) > 0;
  }
  void state(State & s) override {
    int64_t pixels = layer_ ? layer_->options.in_features() : 0, bits = layer_ ? layer_->options.out_features() : 0;
    s("pixels", pixels)("bits", bits);
    if (pixels == 0) return;
    if (s.loading()) build(pixels, bits, {});
    visit(s, "layer", *layer_);
    adam_->state(s, "adam");
  }

 private:
  /// Without a generator the weights wait for state() to load them.
  void build(int64_t pixels, int64_t bits, std::optional<at::Generator> random) {
    layer_ = torch::nn::Linear(pixels, bits);
    if (random) layer_->weight.detach().normal_(0, 0.01, random);
    if (random) layer_->bias.detach().zero_();
    adam_.emplace(layer_->parameters(), options_);
  }
  Tensor forward(const Tensor& images) const { return images.flatten(1).matmul(layer_->weight.t()) + layer_->bias; }
  void train_epoch(const TrainingInputs& in, Context& run) {
    int64_t done = 0;
    for (const Tensor& items : run.randperm(in.images().size()).split(batch_)) {
      const Tensor codes = in.codes().unpack(items).to(run.device());
      const Tensor real = in.images().take(items).to(run.device(), at::kFloat) / 127.5 - 1;
      const Tensor drawn = in.generator().sample(codes, items, run.draw_seed());
      const Tensor signs = codes.to(at::kFloat) * 2 - 1;
      const Tensor loss = ((forward(real).tanh() - signs).square() + (forward(drawn).tanh() - signs).square()).mean();
      adam_->zero_grad();
      loss.backward();
      adam_->step();
      run.progress(done += items.size(0), in.images().size(), "images", {{{"loss", loss.item<double>()}}});
    }
  }

  int64_t epochs_, batch_;
  Adam::Options options_;
  torch::nn::Linear layer_ = nullptr;
  std::optional<Adam> adam_;
};
HASHLOOM_PLUGIN("@FILE@", "0.1.0", component<@CLASS@>("@ID@"))
