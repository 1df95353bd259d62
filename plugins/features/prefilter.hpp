#pragma once
#include <hashloom/tensor.hpp>

namespace hashloom::gist {

/// Whitening and local contrast, the first step of Oliva and Torralba's descriptor: with y = log(1 + x) mirrored by 5
/// pixels and L a low-pass of exp(-f^2 ln 2 / cut^2), h = y - L y, the result is h / (0.2 + sqrt(L h^2)) without the
/// margin.
class Prefilter {
 public:
  Prefilter(int64_t size, double cut);
  /// float32 [n, size, size] -> float32 [n, size, size]; image i depends on image i alone.
  Tensor operator()(const Tensor& x) const;

 private:
  int64_t size_;
  Tensor mirror_;   ///< [size + 10, size]
  Tensor lowpass_;  ///< [size + 10, size + 10]; a Gaussian is separable: L y is lowpass_ y lowpass_^T
};

}  // namespace hashloom::gist
