#pragma once
#include <hashloom/tensor.hpp>

/// Principal components of large sets: sums are float64, of some rows at a time.
namespace hashloom::support {

/// The k directions of largest variance of x [N, D] float32 or float64 around mean [D] float64: [D, k] float64,
/// orthonormal columns, the largest first.
Tensor principal_directions(const Tensor& x, const Tensor& mean, int64_t k);

/// The centred rows of x in the coordinates of `directions`: [N, k] float64.
Tensor project(const Tensor& x, const Tensor& mean, const Tensor& directions);

}  // namespace hashloom::support
