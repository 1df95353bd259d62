#include "resumable_context.hpp"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>

#include <algorithm>

namespace hashloom::test {

ResumableContext::ResumableContext(Component& component, uint64_t seed, int64_t round)
    : component_(&component), seed_(seed), round_(round), random_(at::make_generator<at::CPUGeneratorImpl>(seed)) {
  at::set_num_threads(1);  // small steps; threads that wait for each other are slow on a busy machine
}

void ResumableContext::resume_after(int64_t epoch, Saved saved) {
  first_ = epoch + 1;
  from_ = std::move(saved);
}

void ResumableContext::progress(int64_t done, int64_t total, std::string_view, Losses) {
  images_done = done;
  images_total = total;
}

void ResumableContext::metric(std::string_view name, double value, const MetricStyle&) {
  metrics[std::string(name)].push_back(value);
}

void ResumableContext::warn(std::string_view trouble, const std::string&, const std::string&) {
  troubles.emplace_back(trouble);
}

int64_t ResumableContext::first_epoch(int64_t) {
  if (first_ > 1) load_state(*component_, from_);
  return first_;
}

void ResumableContext::start_epoch(int64_t epoch, int64_t) {
  random_.set_current_seed((seed_ * 100 + round_) * 1000 + epoch);
}

void ResumableContext::finish_epoch(int64_t, int64_t) { saved.push_back(saved_state(*component_)); }

ResumableContext::Saved saved_state(Component& component) {
  State saved;
  component.state(saved);
  return saved.tensors();
}

void load_state(Component& component, ResumableContext::Saved saved) {
  State loading(std::move(saved));
  component.state(loading);
}

bool same_bits(const ResumableContext::Saved& a, const ResumableContext::Saved& b) {
  const auto same = [](const auto& x, const auto& y) { return x.first == y.first && x.second.equal(y.second); };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), same);
}

}  // namespace hashloom::test
