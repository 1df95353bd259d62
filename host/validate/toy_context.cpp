#include <ATen/CPUGeneratorImpl.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/tensor.h>

#include <utility>
#include <validate/toy_context.hpp>

namespace hashloom::validate {

ToyContext::ToyContext(uint64_t seed) : seed_(seed), random_(at::make_generator<at::CPUGeneratorImpl>(seed)) {}

void ToyContext::resume(Component& component, std::map<std::string, Tensor> saved) {
  resumed_ = &component;
  saved_ = std::move(saved);
}

void ToyContext::record(const std::string& name, Tensor value) {
  std::string free = name;
  for (int again = 2; recorded_.contains(free); ++again) free = name + " " + std::to_string(again);
  recorded_[free] = std::move(value);
}

void ToyContext::metric(std::string_view name, double value, const MetricStyle&) {
  record("metric " + std::string(name), at::tensor({value}));
}

void ToyContext::picture(const Picture& picture) {
  record("picture " + std::string(picture.name), picture.pixels.clone());
}

void ToyContext::curve(const Curve& curve) {
  record("curve " + std::string(curve.name), at::cat({at::tensor(at::ArrayRef(curve.x.data(), curve.x.size())),
                                                      at::tensor(at::ArrayRef(curve.y.data(), curve.y.size()))}));
}

int64_t ToyContext::first_epoch(int64_t count) {
  auto* const component = std::exchange(resumed_, nullptr);  // the first loop was stopped; later ones begin at 1
  if (!component) return 1;
  State state(saved_);
  component->state(state);
  if (count < 2) random_.set_current_seed(seed_ * 1000 + static_cast<uint64_t>(count) + 1);
  return 2;
}

void ToyContext::start_epoch(int64_t epoch, int64_t) {
  ++epochs_begun_;
  random_.set_current_seed(seed_ * 1000 + static_cast<uint64_t>(epoch));
}

void ToyContext::finish_epoch(int64_t epoch, int64_t count) {
  if (epoch == count) random_.set_current_seed(seed_ * 1000 + static_cast<uint64_t>(count) + 1);
  if (!stopping_) return;
  State state;
  stopping_->state(state);
  saved_ = state.tensors();
  throw Stopped("stopped after the first epoch");
}

}  // namespace hashloom::validate
