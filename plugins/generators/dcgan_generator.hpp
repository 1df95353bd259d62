#pragma once
#include <hashloom/train.hpp>
#include <support/trunk.hpp>

/// What the two networks of a DCGAN are built for.
struct DcganShape {
  hashloom::ImageSpec canvas;  ///< sides are multiples of 8
  int64_t bits = 0, noise = 64, width = 16;
};

/// Noise and code to an image (Radford et al. 2015, conditional as in Mirza, Osindero 2014): fully connected to 4 width
/// channels at an eighth of the canvas, transposed convolutions 4x4 of stride 2 to 2 width, width and the image's
/// channels; batch norm and ReLU between, tanh at the end.
class DcganGeneratorImpl : public torch::nn::Module {
 public:
  explicit DcganGeneratorImpl(const DcganShape& shape);

  /// noise [n, shape.noise], signs [n, bits] of +1 and -1 -> [n, C, H, W] in [-1, 1], channels last.
  hashloom::Tensor forward(const hashloom::Tensor& noise, const hashloom::Tensor& signs,
                           hashloom::support::Statistics statistics);

 private:
  DcganShape shape_;
  torch::nn::Linear seed_;
  torch::nn::ConvTranspose2d first_, second_, third_;
  torch::nn::BatchNorm2d seed_norm_, first_norm_, second_norm_;
};
TORCH_MODULE(DcganGenerator);
