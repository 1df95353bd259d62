#include <hashloom/plugin.hpp>
using namespace hashloom;

/// Sign of random projections (Charikar 2002). Features [N, D] float32 -> bits [N, k] bool.
class RandomHyperplanes final : public InitialHasher {
 public:
  static Schema schema() {
    return Schema("Locality-sensitive hashing by random hyperplanes")
        .param("bits", 32, between(1, 4096), "code length");
  }
  explicit RandomHyperplanes(const Params& p) : bits_(p.integer("bits")) {}
  void fit(const Tensor& x, Context& run) override {
    mean_ = x.mean(0);
    planes_ = run.randn({x.size(1), bits_});
  }
  Tensor bits(const Tensor& x) const override { return (x - mean_).matmul(planes_) > 0; }
  void state(State& s) override { s("mean", mean_)("planes", planes_); }
  std::optional<TorchScript> torch_script() const override { return projection_script(mean_, planes_); }

 private:
  int64_t bits_;
  Tensor mean_, planes_;
};
HASHLOOM_PLUGIN("lsh", "1.0.0", component<RandomHyperplanes>("hasher/lsh"))
