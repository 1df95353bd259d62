#pragma once
#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>

#include <hashloom/export.hpp>

namespace hashloom {

/// LibTorch's tensor: methods such as x.mean(0) and operators work with this header alone; single functions come from
/// <ATen/ops/NAME.h>.
using at::Tensor;

/// "[64, 1, 32, 32] float32 on cpu", for messages; "undefined" for a tensor without value.
HASHLOOM_API std::string describe(const Tensor& tensor);

}  // namespace hashloom
