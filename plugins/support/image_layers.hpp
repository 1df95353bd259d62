#pragma once
#include <hashloom/train.hpp>

namespace hashloom::support {

/// The layers next to the image, with kernels 4x4, stride 2, padding 1, as conv2d and conv_transpose2d have them.
/// LibTorch's CPU kernels take two milliseconds a batch of 64 where the result has one or three channels, forward in
/// one and in the gradient of the other; here it is a matrix product, whose rows of taps are then added where they
/// overlap: a third of a millisecond. Under autocast they compute as convolutions do there; what becomes an image stays
/// float32.

/// Images [n, c, 2h, 2w] -> maps [n, C, h, w].
Tensor halve_image(const Tensor& images, torch::nn::Conv2d& layer);
/// Maps [n, C, h, w] -> float32 [n, c, 2h, 2w] or, on other devices, as the layer gives it.
Tensor double_to_image(const Tensor& maps, torch::nn::ConvTranspose2d& layer);

}  // namespace hashloom::support
