#include <hashloom/plugin.hpp>
using namespace hashloom;

/// Signs of random projections of centred features. Features [N, D] float32 -> bits [N, k] bool.
class @CLASS@ final : public InitialHasher {
 public:
  static Schema schema() {
    return Schema("Signs of random projections").param("bits", 32, between(1, 4096), "code length");
  }
  explicit @CLASS@(const Params& p) : bits_(p.integer("bits")) {}
  void fit(const Tensor& x, Context& run) override {
    mean_ = x.mean(0);
    planes_ = run.randn({x.size(1), bits_});
  }
  Tensor bits(const Tensor& x) const override { return (x - mean_).matmul(planes_) > 0; }
  void state(State & s) override { s("mean", mean_)("planes", planes_); }

 private:
  int64_t bits_;
  Tensor mean_, planes_;
};
HASHLOOM_PLUGIN("@FILE@", "0.1.0", component<@CLASS@>("@ID@"))
