#include "loss_meter.hpp"

#include <ATen/ops/stack.h>
#include <fmt/format.h>

#include <cmath>
#include <hashloom/errors.hpp>

namespace hashloom::support {
namespace {

constexpr int64_t kStepsBetweenLooks = 10;

}  // namespace

LossMeter::LossMeter(Context& run, std::vector<std::string_view> names, int64_t images, double learning_rate)
    : run_(&run), names_(std::move(names)), images_(images), learning_rate_(learning_rate) {}

std::vector<double> LossMeter::read(const Tensor& losses) const {
  const Tensor values = losses.to(at::kCPU, at::kDouble);
  const double* first = values.const_data_ptr<double>();
  for (size_t i = 0; i < names_.size(); ++i)
    if (!std::isfinite(first[i]))
      throw TrainingError(fmt::format("the loss of the {} is not a number", names_[i]),
                          fmt::format("try a smaller learning_rate (now {:g})", learning_rate_));
  return {first, first + values.numel()};
}

void LossMeter::add(const std::vector<Tensor>& losses, int64_t images) {
  const Tensor now = at::stack(losses).detach();
  sum_ = sum_.defined() ? sum_ + now : now;
  done_ += images;
  if (steps_++ % kStepsBetweenLooks == 0) {
    const auto values = read(now);
    latest_.clear();
    for (size_t i = 0; i < names_.size(); ++i) latest_.emplace_back(names_[i], values[i]);
  }
  run_->progress(done_, images_, "images", latest_);
}

void LossMeter::finish() {
  const auto sums = read(sum_);
  for (size_t i = 0; i < names_.size(); ++i)
    run_->metric(fmt::format("{} loss", names_[i]), sums[i] / static_cast<double>(steps_), {.higher_is_better = false});
}

}  // namespace hashloom::support
