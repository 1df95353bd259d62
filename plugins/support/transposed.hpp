#pragma once
#include <hashloom/tensor.hpp>

namespace hashloom::support {

/// A transposed convolution with kernels 4x4, stride 2, padding 1, without bias: maps [n, C, h, w], kernel [C, c, 4, 4]
/// of the same type -> [n, c, 2h, 2w], channels last. No gradient. LibTorch's CPU kernels take as long for one channel
/// as for sixteen, and half as long again as for the convolution that it undoes. Here on the CPU:
/// - to one or three channels: a matrix product, maps by taps, and the taps added where they overlap; float32
/// - from maps of 64 pixels or more: one convolution 2x2 whose channels are the four places of a pixel two by two
Tensor transposed(const Tensor& maps, const Tensor& kernel);

}  // namespace hashloom::support
