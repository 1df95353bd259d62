#pragma once
#include <ATen/ops/empty.h>

#include <hashloom/tensor.hpp>

namespace hashloom::support {

/// Not yet written, channels last, and told as such also where there is one channel. contiguous(ChannelsLast) leaves a
/// tensor of one channel as it is, with strides that convolutions take for channels first: they then convert what goes
/// in and what comes back at every layer above.
inline Tensor channels_last(at::IntArrayRef sizes, at::TensorOptions options) {
  return at::empty(sizes, options.requires_grad(false), at::MemoryFormat::ChannelsLast);
}

}  // namespace hashloom::support
