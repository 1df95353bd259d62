#include "small_trainers.hpp"

#include <gtest/gtest.h>

#include <plugin_under_test.hpp>

#include "resumable_context.hpp"

namespace hashloom::test {
namespace {

/// Mean number of bits that differ between codes of `a` and of `b`.
double distance(const Tensor& a, const Tensor& b) {
  return (a.unsqueeze(1) != b.unsqueeze(0)).sum(2).to(at::kDouble).mean().item().toDouble();
}

void train(const Instance& made, const TrainingInputs& in, Context& run) {
  if (made.network) return made.network->train(in, run);
  made.generator->train(in, run);
}

}  // namespace

TrainingInputs with_neighbours(TrainingInputs in) {
  const auto made = make("neighbours", "generator/neighbours");
  made.generator->attach(in, at::kCPU);
  in.generators_by_port["generator"] = GeneratorPtr(made.component, made.generator);
  return in;
}

void expect_two_kinds_apart(const Tensor& codes) {
  const Tensor even = codes.slice(0, 0, codes.size(0), 2), odd = codes.slice(0, 1, codes.size(0), 2);
  EXPECT_GT(distance(even, odd), 2 * distance(even, even) + 2);
}

void expect_resuming_gives_the_same_bits(const Instance& straight, const Instance& resumed, const TrainingInputs& in) {
  ResumableContext whole(*straight.component), half(*resumed.component);
  train(straight, in, whole);
  half.resume_after(2, whole.saved.at(1));
  train(resumed, in, half);
  EXPECT_EQ(half.saved.size(), 2u);
  EXPECT_TRUE(same_bits(saved_state(*resumed.component), saved_state(*straight.component)));
}

}  // namespace hashloom::test
