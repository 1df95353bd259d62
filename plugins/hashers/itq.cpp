#include <ATen/ops/empty.h>
#include <ATen/ops/linalg_eigh.h>
#include <ATen/ops/linalg_qr.h>
#include <ATen/ops/linalg_svd.h>
#include <ATen/ops/where.h>
#include <ATen/ops/zeros.h>
#include <fmt/format.h>

#include <algorithm>
#include <hashloom/plugin.hpp>
using namespace hashloom;

namespace {

constexpr int64_t kRows = 8192;  // of a large set that are float64 at one time

/// Calls `use` with the centred rows of x as float64, some at a time.
template <class Use>
void for_centred_rows(const Tensor& x, const Tensor& mean, Use use) {
  for (int64_t begin = 0; begin < x.size(0); begin += kRows)
    use(begin, x.slice(0, begin, begin + kRows).to(at::kDouble) - mean);
}

/// X^T X of the centred rows. x [N, D] float32, mean [D] float64 -> [D, D] float64.
Tensor scatter(const Tensor& x, const Tensor& mean) {
  Tensor sum = at::zeros({x.size(1), x.size(1)}, mean.options());
  for_centred_rows(x, mean, [&](int64_t, const Tensor& rows) { sum += rows.t().matmul(rows); });
  return sum;
}

/// The k directions of largest variance: [D, k] float64, orthonormal columns, the largest first.
Tensor principal_directions(const Tensor& x, const Tensor& mean, int64_t k) {
  const auto [values, vectors] = at::linalg_eigh(scatter(x, mean));
  return vectors.slice(1, vectors.size(1) - k).flip(1);
}

/// The centred rows of x in the coordinates of `directions`: [N, k] float64.
Tensor project(const Tensor& x, const Tensor& mean, const Tensor& directions) {
  Tensor points = at::empty({x.size(0), directions.size(1)}, mean.options());
  for_centred_rows(x, mean, [&](int64_t begin, const Tensor& rows) {
    points.slice(0, begin, begin + rows.size(0)).copy_(rows.matmul(directions));
  });
  return points;
}

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
    const Tensor directions = principal_directions(x, mean, bits_);
    const Tensor points = project(x, mean, directions);
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
