// error: a component has a constructor from const hashloom::Params&
#include <hashloom/plugin.hpp>
using namespace hashloom;

class Wrong final : public InitialHasher {
 public:
  static Schema schema() { return Schema("wrong"); }
  explicit Wrong(int64_t) {}
  void fit(const Tensor&, Context&) override {}
  Tensor bits(const Tensor& x) const override { return x > 0; }
};
HASHLOOM_PLUGIN("wrong", "1.0.0", component<Wrong>("hasher/wrong"))
