#include "fourier.hpp"

#include <ATen/ops/arange.h>
#include <ATen/ops/complex.h>
#include <ATen/ops/eye.h>
#include <ATen/ops/index_select.h>
#include <ATen/ops/outer.h>
#include <ATen/ops/remainder.h>
#include <ATen/ops/where.h>

#include <numbers>

namespace hashloom::fourier {

Tensor centred_frequencies(int64_t n) { return at::arange(-(n / 2), n - n / 2, at::kDouble); }

Tensor waves(int64_t n, int sign) {
  const Tensor cycles = at::outer(at::arange(n, at::kDouble), centred_frequencies(n));
  const Tensor phase = cycles * (sign * 2 * std::numbers::pi / static_cast<double>(n));
  return at::complex(phase.cos(), phase.sin());
}

Tensor mirror(int64_t size, int64_t margin) {
  const Tensor place = at::remainder(at::arange(-margin, size + margin, at::kLong), 2 * size);
  return at::index_select(at::eye(size, at::kDouble), 0, at::where(place < size, place, 2 * size - 1 - place));
}

}  // namespace hashloom::fourier
