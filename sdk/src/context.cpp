#include <ATen/CPUGeneratorImpl.h>
#include <ATen/ops/rand.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/randperm.h>

#include <hashloom/context.hpp>

namespace hashloom {

Context::~Context() = default;

Tensor Context::randn(at::IntArrayRef sizes) {
  return at::randn(sizes, random(), at::TensorOptions(at::kFloat)).to(device());
}

Tensor Context::rand(at::IntArrayRef sizes) {
  return at::rand(sizes, random(), at::TensorOptions(at::kFloat)).to(device());
}

Tensor Context::randperm(int64_t n) { return at::randperm(n, random(), at::TensorOptions(at::kLong)); }

uint64_t Context::draw_seed() {
  auto generator = random();
  const std::lock_guard<std::mutex> lock(generator.mutex());
  return generator.get<at::CPUGeneratorImpl>()->random64();
}

Epochs Context::epochs(int64_t count) { return {*this, count}; }

Epochs::Iterator Epochs::begin() const {
  const int64_t first = run_->first_epoch(count_);
  if (first <= count_) run_->start_epoch(first, count_);
  return {run_, first, count_};
}

Epochs::Iterator& Epochs::Iterator::operator++() {
  run_->finish_epoch(epoch_, count_);
  if (++epoch_ <= count_) run_->start_epoch(epoch_, count_);
  return *this;
}

}  // namespace hashloom
