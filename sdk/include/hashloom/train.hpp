#pragma once
#include <torch/nn/init.h>
#include <torch/nn/modules/activation.h>
#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/container/sequential.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/dropout.h>
#include <torch/nn/modules/embedding.h>
#include <torch/nn/modules/linear.h>

#include <hashloom/plugin.hpp>

/// For components that train: how modules and optimisers enter state(), and what LibTorch's C++ part lacks.
namespace hashloom {

/// All parameters and buffers of `module`, as NAME.PARAMETER.
HASHLOOM_API State& visit(State& s, const std::string& name, torch::nn::Module& module);

/// Adam (Kingma, Ba 2015) by LibTorch's fused kernel, which torch::optim::Adam does not offer.
class HASHLOOM_API Adam {
 public:
  struct Options {
    double learning_rate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weight_decay = 0;
  };
  Adam(std::vector<Tensor> parameters, Options options);

  void zero_grad();
  /// One step for the parameters that have a gradient. Throws TrainingError if none has.
  void step();
  void set_learning_rate(double learning_rate) { options_.learning_rate = learning_rate; }
  void state(State& s, const std::string& name);

 private:
  std::vector<Tensor> parameters_, averages_, squares_, steps_;
  Options options_;
};

/// Within its scope, convolutions and matrix products run in bfloat16 if so asked, else in float32, whatever is set
/// outside; losses belong outside of it. A scope with gradients and one without are kept apart: weights are converted
/// once a scope, and those converted without gradient would get none.
class HASHLOOM_API Autocast {
 public:
  explicit Autocast(const Context& run);  ///< as run.bf16() says
  Autocast(at::DeviceType device, bool bf16);
  ~Autocast();
  Autocast(const Autocast&) = delete;
  Autocast& operator=(const Autocast&) = delete;

 private:
  at::DeviceType device_;
  bool active_, before_ = false;
};

}  // namespace hashloom
