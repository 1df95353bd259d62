#include "mlp_model.hpp"

#include <support/initialise.hpp>
#include <support/training_set.hpp>

#include "adversary.hpp"

using namespace hashloom;
using adversary::loss_if_real;
using support::Statistics;
using support::to_signs;

MlpModel::MlpModel(const MlpShape& shape, at::Device device, const Adam::Options& options)
    : shape_(shape),
      device_(device),
      space_(shape.features, shape.components, device),
      generator_(shape),
      discriminator_(shape) {
  support::place(*generator_, device);
  support::place(*discriminator_, device);
  generator_adam_.emplace(generator_->parameters(), options);
  discriminator_adam_.emplace(discriminator_->parameters(), options);
}

void MlpModel::initialise(const Tensor& features, at::Generator random) {
  space_.fit(features);
  support::initialise(*generator_, random);
  support::initialise(*discriminator_, random);
}

MlpModel::Losses MlpModel::step(const Tensor& features, const Tensor& codes, Context& run) {
  const Tensor signs = to_signs(codes), noise = run.randn({codes.size(0), shape_.noise});
  Tensor synthetic;
  {
    const Autocast reduced(run);
    synthetic = generator_->forward(noise, signs, Statistics::learn);
  }
  const Tensor discriminator_loss = discriminator_step(space_.enter(features), synthetic.detach(), signs, run);
  return {discriminator_loss, generator_step(synthetic, signs, run)};
}

Tensor MlpModel::discriminator_step(const Tensor& real, const Tensor& synthetic, const Tensor& signs, Context& run) {
  Tensor of_real, of_synthetic;
  {
    const Autocast reduced(run);
    of_real = discriminator_->forward(real, signs);
    of_synthetic = discriminator_->forward(synthetic, signs);
  }
  const Tensor loss = loss_if_real(of_real) + adversary::loss_if_synthetic(of_synthetic);
  discriminator_adam_->zero_grad();
  loss.backward();
  discriminator_adam_->step();
  return loss.detach();
}

Tensor MlpModel::generator_step(const Tensor& synthetic, const Tensor& signs, Context& run) {
  const adversary::Frozen judge(*discriminator_);
  Tensor logits;
  {
    const Autocast reduced(run);
    logits = discriminator_->forward(synthetic, signs);
  }
  const Tensor loss = loss_if_real(logits);
  generator_adam_->zero_grad();
  loss.backward();
  generator_adam_->step();
  return loss.detach();
}

Tensor MlpModel::draw(const Tensor& noise, const Tensor& codes, bool bf16) const {
  const at::NoGradGuard no_gradient;
  const auto statistics = codes.size(0) < adversary::kSmallestBatch ? Statistics::running : Statistics::batch;
  Tensor points;
  {
    const Autocast reduced(device_.type(), bf16);
    points = generator_->forward(noise, to_signs(codes), statistics);
  }
  return space_.leave(points.to(at::kFloat));
}

Tensor MlpModel::judge(const Tensor& features, const Tensor& codes, bool bf16) const {
  const at::NoGradGuard no_gradient;
  const Tensor points = space_.enter(features);
  const Autocast reduced(device_.type(), bf16);
  return discriminator_->forward(points, to_signs(codes));
}

void MlpModel::set_learning_rate(double learning_rate) {
  generator_adam_->set_learning_rate(learning_rate);
  discriminator_adam_->set_learning_rate(learning_rate);
}

void MlpModel::state(State& s) {
  space_.state(s, "space");
  visit(s, "generator", *generator_);
  visit(s, "discriminator", *discriminator_);
  generator_adam_->state(s, "generator_adam");
  discriminator_adam_->state(s, "discriminator_adam");
}
