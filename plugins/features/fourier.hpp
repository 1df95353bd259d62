#pragma once
#include <hashloom/tensor.hpp>

/// Discrete Fourier transforms of small images as matrices, in float64.
namespace hashloom::fourier {

/// -n/2 to n/2 - 1: [n].
Tensor centred_frequencies(int64_t n);

/// exp(sign 2 pi i position frequency / n) for positions 0 to n - 1: complex [n, n], a column for each centred
/// frequency.
Tensor waves(int64_t n, int sign);

/// Repeats `size` pixels mirrored over `margin` more on both sides, the border itself twice: [size + 2 margin, size].
Tensor mirror(int64_t size, int64_t margin);

}  // namespace hashloom::fourier
