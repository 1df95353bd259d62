#pragma once
#include <hashloom/train.hpp>

namespace hashloom::support {

/// Layers with kernels 4x4, stride 2, padding 1, as conv2d and conv_transpose2d have them, with faster ways on the CPU
/// for the transposed convolution, which is the one's gradient and the other's result (see transposed.hpp). Under
/// autocast they compute as those do there.

/// [n, c, 2h, 2w] -> [n, C, h, w].
Tensor halve(const Tensor& images, torch::nn::Conv2d& layer);
/// [n, C, h, w] -> [n, c, 2h, 2w]; an image (one or three channels) is float32.
Tensor twofold(const Tensor& maps, torch::nn::ConvTranspose2d& layer);

}  // namespace hashloom::support
