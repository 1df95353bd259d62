#include "gabor.hpp"

#include <ATen/ops/atan2.h>
#include <ATen/ops/exp.h>
#include <ATen/ops/nonzero.h>
#include <ATen/ops/sqrt.h>
#include <ATen/ops/where.h>

#include <numbers>
#include <utility>

#include "fourier.hpp"

namespace hashloom::gist {
namespace {

constexpr double kPi = std::numbers::pi;
constexpr double kNextToNothing = 1e-5;  // a filter's largest gain is 1

/// exp(-3.5 (|f| / n / centre - 1)^2 - 2 pi width angle^2), the angle counted from -turn: float64 [n, n], rows
/// vertical.
Tensor gains(int64_t n, double centre, double width, double turn) {
  const Tensor f = fourier::centred_frequencies(n), fx = f.unsqueeze(0), fy = f.unsqueeze(1);
  const Tensor radius = at::sqrt(fx.square() + fy.square()) / static_cast<double>(n);
  const Tensor turned = at::atan2(fy, fx) + turn;
  const Tensor angle = at::where(turned > kPi, turned - 2 * kPi, turned);
  return at::exp(-3.5 * (radius / centre - 1).square() - 2 * kPi * width * angle.square());
}

/// The first place that is true and the number of places from there to the last.
std::pair<int64_t, int64_t> extent(const Tensor& used) {
  const Tensor places = at::nonzero(used);
  const int64_t first = places[0].item<int64_t>(), last = places[-1].item<int64_t>();
  return {first, last - first + 1};
}

GaborFilter cut(const Tensor& gains) {
  const Tensor used = gains > kNextToNothing;
  const auto [row, rows] = extent(used.any(1));
  const auto [column, columns] = extent(used.any(0));
  const Tensor kept = gains.narrow(0, row, rows).narrow(1, column, columns);
  return {row, rows, column, columns, kept.unsqueeze(1).to(at::kComplexFloat).contiguous()};
}

}  // namespace

std::vector<GaborFilter> gabor_bank(const std::vector<int64_t>& orientations, int64_t n) {
  std::vector<GaborFilter> bank;
  double centre = 0.3;
  for (const int64_t count : orientations) {
    const auto turns = static_cast<double>(count);
    const double width = 16 * turns * turns / (32 * 32);
    for (int64_t j = 0; j < count; ++j)
      bank.push_back(cut(gains(n, centre, width, kPi * static_cast<double>(j) / turns)));
    centre /= 1.85;
  }
  return bank;
}

}  // namespace hashloom::gist
