#include "dcgan_model.hpp"

#include <support/initialise.hpp>
#include <support/training_set.hpp>

#include "adversary.hpp"

using namespace hashloom;
using adversary::loss_if_real;
using adversary::loss_if_synthetic;
using support::Statistics;
using support::to_signs;

DcganModel::DcganModel(const DcganShape& shape, at::Device device, const Adam::Options& options)
    : shape_(shape), device_(device), generator_(shape), discriminator_(shape) {
  support::place(*generator_, device);
  support::place(*discriminator_, device);
  generator_adam_.emplace(generator_->parameters(), options);
  discriminator_adam_.emplace(discriminator_->parameters(), options);
}

void DcganModel::initialise(at::Generator random) {
  support::initialise(*generator_, random);
  support::initialise(*discriminator_, random);
}

DcganModel::Losses DcganModel::step(const Tensor& images, const Tensor& codes, Context& run,
                                    const FurtherLoss& further) {
  const Tensor signs = to_signs(codes), noise = run.randn({codes.size(0), shape_.noise});
  Tensor synthetic;
  {
    const Autocast reduced(run);
    synthetic = generator_->forward(noise, signs, Statistics::learn);
  }
  const Tensor discriminator_loss = discriminator_step(images, synthetic.detach(), signs, run);
  return {discriminator_loss, generator_step(synthetic, signs, run, further)};
}

Tensor DcganModel::discriminator_step(const Tensor& real, const Tensor& synthetic, const Tensor& signs, Context& run) {
  Tensor of_real, of_synthetic;
  {
    const Autocast reduced(run);
    of_real = discriminator_->forward(real, signs);
    of_synthetic = discriminator_->forward(synthetic, signs);
  }
  const Tensor loss = loss_if_real(of_real) + loss_if_synthetic(of_synthetic);
  discriminator_adam_->zero_grad();
  loss.backward();
  discriminator_adam_->step();
  return loss.detach();
}

Tensor DcganModel::generator_step(const Tensor& synthetic, const Tensor& signs, Context& run,
                                  const FurtherLoss& further) {
  const adversary::Frozen judge(*discriminator_);
  Tensor logits;
  {
    const Autocast reduced(run);
    logits = discriminator_->forward(synthetic, signs);
  }
  const Tensor loss = loss_if_real(logits);
  generator_adam_->zero_grad();
  (further ? loss + further(synthetic) : loss).backward();
  generator_adam_->step();
  return loss.detach();
}

Tensor DcganModel::draw(const Tensor& noise, const Tensor& codes, bool bf16) const {
  const at::NoGradGuard no_gradient;
  const Autocast reduced(device_.type(), bf16);
  const auto statistics = codes.size(0) < adversary::kSmallestBatch ? Statistics::running : Statistics::batch;
  return generator_->forward(noise, to_signs(codes), statistics).to(at::kFloat);
}

Tensor DcganModel::judge(const Tensor& images, const Tensor& codes, bool bf16) const {
  const at::NoGradGuard no_gradient;
  const Autocast reduced(device_.type(), bf16);
  return discriminator_->forward(images, to_signs(codes));
}

void DcganModel::set_learning_rate(double learning_rate) {
  generator_adam_->set_learning_rate(learning_rate);
  discriminator_adam_->set_learning_rate(learning_rate);
}

void DcganModel::state(State& s) {
  visit(s, "generator", *generator_);
  visit(s, "discriminator", *discriminator_);
  generator_adam_->state(s, "generator_adam");
  discriminator_adam_->state(s, "discriminator_adam");
}
