#include <ATen/ops/linalg_qr.h>
#include <ATen/ops/linalg_svd.h>
#include <ATen/ops/where.h>
#include <fmt/format.h>

#include <algorithm>
#include <hashloom/plugin.hpp>
#include <support/principal_components.hpp>
using namespace hashloom;

namespace {

/// The corners of the cube next to the rotated points, +-1. [N, k].
Tensor corners(const Tensor& rotated) { return at::where(rotated > 0, 1.0, -1.0).to(rotated.scalar_type()); }

/// The rotation R that brings `points` R nearest to `targets` (Schoenemann 1966): with targets^T points = U S V^T, R =
/// V U^T.
Tensor procrustes(const Tensor& points, const Tensor& targets) {
  const auto [u, s, vt] = at::linalg_svd(targets.t().matmul(points), false);
  return vt.t().matmul(u.t());
}

}  // namespace

/// Iterative quantisation (Gong, Lazebnik 2011): centre, PCA to k, then the rotation R that makes the quantisation
/// error
/// ||sign(V R) - V R||^2 small, by turns of sign and Procrustes. Features [N, D] float32 -> bits [N, k] bool, k <= D.
class IterativeQuantisation final : public InitialHasher {
 public:
  static Schema schema() {
    return Schema("Iterative quantisation: PCA, then the rotation with the smallest quantisation error")
        .param("bits", 32, between(1, 4096), "code length")
        .unit("bits")
        .param("iterations", 50, between(0, 10000), "turns of sign and rotation; 0 leaves the random rotation");
  }
  explicit IterativeQuantisation(const Params& p) : bits_(p.integer("bits")), iterations_(p.integer("iterations")) {}

  void fit(const Tensor& x, Context& run) override {
    check(x);
    const Tensor mean = x.mean(0, false, at::kDouble);
    const Tensor directions = support::principal_directions(x, mean, bits_);
    const Tensor points = support::project(x, mean, directions);
    mean_ = mean.to(at::kFloat);
    projection_ = directions.matmul(rotation(points, run)).to(at::kFloat).contiguous();
  }

  Tensor bits(const Tensor& x) const override { return (x - mean_).matmul(projection_) > 0; }
  void state(State& s) override { s("mean", mean_)("projection", projection_); }
  std::optional<TorchScript> torch_script() const override { return projection_script(mean_, projection_); }

 private:
  void check(const Tensor& x) const {
    if (x.size(1) < bits_)
      throw ParameterError(fmt::format("hasher/itq: bits is {}, the features have {} dimensions", bits_, x.size(1)),
                           fmt::format("set bits to at most {}, or use hasher/lsh", x.size(1)));
  }

  /// points V [N, k] float64 -> R [k, k].
  Tensor rotation(const Tensor& points, Context& run) const {
    Tensor r = std::get<0>(at::linalg_qr(run.randn({bits_, bits_}).to(at::kDouble)));
    for (int64_t i = 1; i <= iterations_; ++i) {
      const Tensor rotated = points.matmul(r), targets = corners(rotated);
      const double error = (targets - rotated).square().mean().item<double>();
      r = procrustes(points, targets);
      run.progress(i, iterations_, "iterations", std::array{std::pair{std::string_view("quantisation error"), error}});
    }
    return r;
  }

  int64_t bits_, iterations_;
  Tensor mean_, projection_;
};
HASHLOOM_PLUGIN("itq", "1.0.0", component<IterativeQuantisation>("hasher/itq"))
