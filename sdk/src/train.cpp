#include <ATen/autocast_mode.h>
#include <ATen/ops/_fused_adam.h>
#include <ATen/ops/zeros.h>
#include <ATen/ops/zeros_like.h>

#include <hashloom/train.hpp>

namespace hashloom {

State& visit(State& s, const std::string& name, torch::nn::Module& module) {
  for (auto& item : module.named_parameters()) s(name + "." + item.key(), item.value());
  for (auto& item : module.named_buffers()) s(name + "." + item.key(), item.value());
  return s;
}

Adam::Adam(std::vector<Tensor> parameters, Options options) : parameters_(std::move(parameters)), options_(options) {
  for (const auto& parameter : parameters_) {
    averages_.push_back(at::zeros_like(parameter));
    squares_.push_back(at::zeros_like(parameter));
    steps_.push_back(at::zeros({}, parameter.options().dtype(at::kFloat).requires_grad(false)));
  }
}

void Adam::zero_grad() {
  for (auto& parameter : parameters_) parameter.mutable_grad() = Tensor();
}

void Adam::step() {
  const at::NoGradGuard no_grad;
  std::vector<Tensor> parameters, gradients, averages, squares, steps;
  for (size_t i = 0; i < parameters_.size(); ++i) {
    if (!parameters_[i].grad().defined()) continue;
    steps_[i].add_(1);
    parameters.push_back(parameters_[i]);
    gradients.push_back(parameters_[i].grad());
    averages.push_back(averages_[i]);
    squares.push_back(squares_[i]);
    steps.push_back(steps_[i]);
  }
  if (parameters.empty()) throw TrainingError("an optimiser's step has no gradient to follow");
  at::_fused_adam_(parameters, gradients, averages, squares, {}, steps, options_.learning_rate, options_.beta1,
                   options_.beta2, options_.weight_decay, options_.epsilon, /*amsgrad=*/false, /*maximize=*/false);
}

void Adam::state(State& s, const std::string& name) {
  for (size_t i = 0; i < parameters_.size(); ++i) {
    const std::string at = name + "." + std::to_string(i);
    s(at + ".average", averages_[i])(at + ".square", squares_[i])(at + ".steps", steps_[i]);
  }
}

Autocast::Autocast(const Context& run) : Autocast(run.device().type(), run.bf16()) {}

Autocast::Autocast(at::DeviceType device, bool bf16) : device_(device), active_(bf16) {
  before_ = at::autocast::is_autocast_enabled(device_);
  at::autocast::set_autocast_enabled(device_, active_);
  if (!active_) return;
  at::autocast::set_autocast_dtype(device_, at::kBFloat16);
  at::autocast::increment_nesting();
}

Autocast::~Autocast() {
  if (active_ && at::autocast::decrement_nesting() == 0) at::autocast::clear_cache();
  at::autocast::set_autocast_enabled(device_, before_);
}

}  // namespace hashloom
