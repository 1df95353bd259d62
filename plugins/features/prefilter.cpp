#include "prefilter.hpp"

#include <ATen/ops/log1p.h>
#include <ATen/ops/real.h>

#include <cmath>

#include "fourier.hpp"

namespace hashloom::gist {
namespace {

constexpr int64_t kMargin = 5;  // pixels

/// Multiplies the spectrum of n pixels by exp(-f^2 ln 2 / cut^2): [n, n].
Tensor lowpass(int64_t n, double cut) {
  const Tensor gains = (fourier::centred_frequencies(n).square() * (-std::log(2.0) / (cut * cut))).exp();
  return at::real((fourier::waves(n, 1) * gains).matmul(fourier::waves(n, -1).t())) / n;
}

/// m x m^T for each image: x [n, a, a], m [b, a] -> [n, b, b].
Tensor on_rows_and_columns(const Tensor& m, const Tensor& x) {
  const Tensor t = m.to(x.device()).t();
  return x.matmul(t).transpose(1, 2).matmul(t).transpose(1, 2);
}

}  // namespace

Prefilter::Prefilter(int64_t size, double cut)
    : size_(size),
      mirror_(fourier::mirror(size, kMargin).to(at::kFloat)),
      lowpass_(lowpass(size + 2 * kMargin, cut).to(at::kFloat)) {}

Tensor Prefilter::operator()(const Tensor& x) const {
  const Tensor y = on_rows_and_columns(mirror_, at::log1p(x));
  const Tensor h = y - on_rows_and_columns(lowpass_, y);
  const Tensor deviation = on_rows_and_columns(lowpass_, h.square()).abs().sqrt();
  return (h / (deviation + 0.2)).narrow(1, kMargin, size_).narrow(2, kMargin, size_);
}

}  // namespace hashloom::gist
