#pragma once
#include <hashloom/train.hpp>

namespace hashloom::support {

/// How a batch norm gets its mean and variance.
enum class Statistics {
  learn,    ///< of the batch, and the running ones follow
  batch,    ///< of the batch, the running ones stay
  running,  ///< the running ones
};

Tensor normalise(const Tensor& x, torch::nn::BatchNorm2d& norm, Statistics statistics);
Tensor normalise(const Tensor& x, torch::nn::BatchNorm1d& norm, Statistics statistics);

struct TrunkOptions {
  ImageSpec canvas;       ///< sides are multiples of 8
  int64_t width = 16;     ///< channels of the first layer
  int64_t code_bits = 0;  ///< 0: looks at the image alone
};

/// Three convolutions 4x4 of stride 2 to width, 2 width and 4 width channels; the latter two get, where there is a
/// code, a learned bias per channel from it, then batch norm. Leaky ReLU 0.2 after each. The images' part of DCGAN's
/// discriminator and the hash network have it in common, each with its own weights.
class TrunkImpl : public torch::nn::Module {
 public:
  explicit TrunkImpl(const TrunkOptions& options);

  /// images [n, C, H, W]; signs [n, code_bits] of +1 and -1, undefined where there is no code -> [n, features()].
  Tensor forward(const Tensor& images, const Tensor& signs, Statistics statistics);
  int64_t features() const { return features_; }

 private:
  int64_t features_;
  torch::nn::Conv2d first_, second_, third_;
  torch::nn::BatchNorm2d second_norm_, third_norm_;
  torch::nn::Linear second_bias_{nullptr}, third_bias_{nullptr};
};
TORCH_MODULE(Trunk);

}  // namespace hashloom::support
