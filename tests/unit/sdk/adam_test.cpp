#include <gtest/gtest.h>

#include <cmath>
#include <hashloom/train.hpp>

#include "plugin_under_test.hpp"

namespace hashloom::test {
namespace {

/// Kingma and Ba's algorithm 1 for one number in float64, with weight decay as an L2 penalty.
class SlowAdam {
 public:
  SlowAdam(double x, Adam::Options options) : x_(x), options_(options) {}
  void step(double gradient) {
    gradient += options_.weight_decay * x_;
    ++steps_;
    m_ = options_.beta1 * m_ + (1 - options_.beta1) * gradient;
    v_ = options_.beta2 * v_ + (1 - options_.beta2) * gradient * gradient;
    const double m_hat = m_ / (1 - std::pow(options_.beta1, steps_)),
                 v_hat = v_ / (1 - std::pow(options_.beta2, steps_));
    x_ -= options_.learning_rate * m_hat / (std::sqrt(v_hat) + options_.epsilon);
  }
  void set_learning_rate(double rate) { options_.learning_rate = rate; }
  double x() const { return x_; }

 private:
  double x_, m_ = 0, v_ = 0;
  int steps_ = 0;
  Adam::Options options_;
};

Tensor parameter(const Tensor& values) { return values.clone().requires_grad_(); }

void set_gradient(Tensor& x, const Tensor& gradient) { x.mutable_grad() = gradient.clone(); }

/// Twenty steps along random gradients, fused and slow side by side.
void expect_like_slow_adam(const Adam::Options& options) {
  RecordingContext run(3);
  const Tensor start = run.randn({37});
  Tensor x = parameter(start);
  Adam adam({x}, options);
  std::vector<SlowAdam> slow;
  for (int64_t i = 0; i < 37; ++i) slow.emplace_back(start[i].item<float>(), options);
  for (int step = 0; step < 20; ++step) {
    const Tensor gradient = run.randn({37});
    set_gradient(x, gradient);
    adam.step();
    for (int64_t i = 0; i < 37; ++i) slow[i].step(gradient[i].item<float>());
  }
  for (int64_t i = 0; i < 37; ++i) EXPECT_NEAR(x[i].item<float>(), slow[i].x(), 1e-5) << i;
}

TEST(Adam, FollowsTheAlgorithm) { expect_like_slow_adam({}); }

TEST(Adam, FollowsTheAlgorithmWithOtherOptions) {
  expect_like_slow_adam({.learning_rate = 0.02, .beta1 = 0.5, .beta2 = 0.9, .epsilon = 1e-3, .weight_decay = 0.1});
}

TEST(Adam, TakesTheLearningRateThatWasSetLast) {
  Tensor x = parameter(at::zeros({1}));
  Adam adam({x}, {.learning_rate = 0.1});
  SlowAdam slow(0, {.learning_rate = 0.1});
  adam.set_learning_rate(0.5);
  slow.set_learning_rate(0.5);
  set_gradient(x, at::ones({1}));
  adam.step();
  slow.step(1);
  EXPECT_NEAR(x.item<float>(), slow.x(), 1e-6);
}

TEST(Adam, LeavesParametersWithoutAGradientAlone) {
  Tensor moved = parameter(at::zeros({2})), still = parameter(at::zeros({2}));
  Adam adam({moved, still}, {});
  set_gradient(moved, at::ones({2}));
  adam.step();
  EXPECT_TRUE(moved.ne(0).all().item<bool>());
  EXPECT_TRUE(still.eq(0).all().item<bool>());
}

TEST(Adam, CountsTheStepsOfEachParameterForItself) {
  // A first step is learning_rate long whatever the gradient: here the second parameter's first is the first one's
  // third.
  Tensor early = parameter(at::zeros({1})), late = parameter(at::zeros({1}));
  Adam adam({early, late}, {.learning_rate = 0.1});
  for (int step = 0; step < 2; ++step) {
    set_gradient(early, at::ones({1}));
    adam.step();
  }
  set_gradient(late, at::full({1}, 5.0));
  adam.step();
  EXPECT_NEAR(late.item<float>(), -0.1, 1e-6);
}

TEST(Adam, RefusesAStepWithoutAnyGradient) {
  Adam adam({parameter(at::zeros({1}))}, {});
  EXPECT_THROW(adam.step(), TrainingError);
}

TEST(Adam, ZeroGradForgetsGradients) {
  Tensor x = parameter(at::zeros({1}));
  Adam adam({x}, {});
  set_gradient(x, at::ones({1}));
  adam.zero_grad();
  EXPECT_FALSE(x.grad().defined());
}

TEST(Adam, GoesOnFromItsStateAsIfUninterrupted) {
  Tensor whole = parameter(at::zeros({4})), resumed = parameter(at::zeros({4}));
  Adam one({whole}, {}), before({resumed}, {}), after({resumed}, {});
  const auto step = [](Adam& adam, Tensor& x, double value) {
    set_gradient(x, at::full({4}, value));
    adam.step();
  };
  step(one, whole, 1);
  step(one, whole, -3);
  step(before, resumed, 1);
  State saving;
  before.state(saving, "adam");
  State loading(saving.tensors());
  after.state(loading, "adam");
  step(after, resumed, -3);
  EXPECT_TRUE(whole.equal(resumed));
}

}  // namespace
}  // namespace hashloom::test
