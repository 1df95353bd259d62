// error: a component says what it is: static hashloom::Schema schema()
#include <hashloom/plugin.hpp>
using namespace hashloom;

class Wrong final : public InitialHasher {
 public:
  explicit Wrong(const Params&) {}
  void fit(const Tensor&, Context&) override {}
  Tensor bits(const Tensor& x) const override { return x > 0; }
};
HASHLOOM_PLUGIN("wrong", "1.0.0", component<Wrong>("hasher/wrong"))
