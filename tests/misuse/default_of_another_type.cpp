// error: a parameter is a flag, an integer, a number, a text, or a vector
#include <hashloom/plugin.hpp>
using namespace hashloom;

class Wrong final : public InitialHasher {
 public:
  static Schema schema() { return Schema("wrong").param("width", std::vector<float>{1}, anything(), "of nothing"); }
  explicit Wrong(const Params&) {}
  void fit(const Tensor&, Context&) override {}
  Tensor bits(const Tensor& x) const override { return x > 0; }
};
HASHLOOM_PLUGIN("wrong", "1.0.0", component<Wrong>("hasher/wrong"))
