#include "principal_components.hpp"

#include <ATen/ops/empty.h>
#include <ATen/ops/linalg_eigh.h>
#include <ATen/ops/zeros.h>

namespace hashloom::support {
namespace {

constexpr int64_t kRows = 8192;  // of a large set that are float64 at one time

/// Calls `use` with the centred rows of x as float64, some at a time.
template <class Use>
void for_centred_rows(const Tensor& x, const Tensor& mean, Use use) {
  for (int64_t begin = 0; begin < x.size(0); begin += kRows)
    use(begin, x.slice(0, begin, begin + kRows).to(at::kDouble) - mean);
}

/// X^T X of the centred rows: [D, D] float64.
Tensor scatter(const Tensor& x, const Tensor& mean) {
  Tensor sum = at::zeros({x.size(1), x.size(1)}, mean.options());
  for_centred_rows(x, mean, [&](int64_t, const Tensor& rows) { sum += rows.t().matmul(rows); });
  return sum;
}

}  // namespace

Tensor principal_directions(const Tensor& x, const Tensor& mean, int64_t k) {
  const auto [values, vectors] = at::linalg_eigh(scatter(x, mean));
  return vectors.slice(1, vectors.size(1) - k).flip(1);
}

Tensor project(const Tensor& x, const Tensor& mean, const Tensor& directions) {
  Tensor points = at::empty({x.size(0), directions.size(1)}, mean.options());
  for_centred_rows(x, mean, [&](int64_t begin, const Tensor& rows) {
    points.slice(0, begin, begin + rows.size(0)).copy_(rows.matmul(directions));
  });
  return points;
}

}  // namespace hashloom::support
