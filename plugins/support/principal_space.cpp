#include "principal_space.hpp"

#include <ATen/ops/zeros.h>

#include <algorithm>
#include <cmath>

#include "principal_components.hpp"

namespace hashloom::support {
namespace {

constexpr double kSmallestUnit = 1e-12;  // of features that are all equal

}  // namespace

PrincipalSpace::PrincipalSpace(int64_t features, int64_t dimensions, at::Device device) {
  const auto options = at::TensorOptions(at::kFloat).device(device);
  mean_ = at::zeros({features}, options);
  directions_ = at::zeros({features, std::min(features, dimensions)}, options);
}

void PrincipalSpace::fit(const Tensor& x) {
  const Tensor mean = x.mean(0, false, at::kDouble), directions = principal_directions(x, mean, dimensions());
  const double variance = project(x, mean, directions).square().mean().item().toDouble();
  mean_.copy_(mean);
  directions_.copy_(directions);
  unit_ = std::max(std::sqrt(variance), kSmallestUnit);
}

void PrincipalSpace::state(State& s, const std::string& name) {
  s(name + ".mean", mean_)(name + ".directions", directions_)(name + ".unit", unit_);
}

}  // namespace hashloom::support
