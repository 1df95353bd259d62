#pragma once
#include <hashloom/state.hpp>

namespace hashloom::support {

/// Features along their directions of largest variance, all divided by one number so that the variance of a coordinate
/// is 1 on average: what networks on features work with.
class PrincipalSpace {
 public:
  /// To be fitted or loaded. It has min(dimensions, features) dimensions.
  PrincipalSpace(int64_t features, int64_t dimensions, at::Device device);
  /// To x, float32 [N, features] on the CPU, N > 1. Where N is small the last coordinates are 0.
  void fit(const Tensor& x);

  int64_t dimensions() const { return directions_.size(1); }
  Tensor enter(const Tensor& x) const { return (x - mean_).matmul(into()); }
  /// The point of the features' space that has these coordinates: enter() undoes it.
  Tensor leave(const Tensor& coordinates) const { return (coordinates * unit_).matmul(directions_.t()) + mean_; }

  const Tensor& mean() const { return mean_; }         ///< float32 [features]
  Tensor into() const { return directions_ / unit_; }  ///< float32 [features, dimensions]: enter() is (x - mean) into

  void state(State& s, const std::string& name);

 private:
  Tensor mean_, directions_;  // float32 [features], [features, dimensions]: orthonormal columns
  double unit_ = 1;           // in the features' own measure
};

}  // namespace hashloom::support
