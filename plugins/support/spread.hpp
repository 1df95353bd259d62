#pragma once
#include <ATen/ops/arange.h>

#include <algorithm>
#include <hashloom/tensor.hpp>

namespace hashloom::support {

/// Up to `count` of `all` items, spread evenly over them: int64, ascending.
inline Tensor spread(int64_t count, int64_t all) {
  const int64_t taken = std::min(count, all);
  return at::arange(taken, at::kLong).mul_(all).floor_divide_(taken);
}

}  // namespace hashloom::support
