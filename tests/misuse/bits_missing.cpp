// error: a component overrides each pure function of its role
#include <hashloom/plugin.hpp>
using namespace hashloom;

class Wrong final : public InitialHasher {
 public:
  static Schema schema() { return Schema("wrong"); }
  explicit Wrong(const Params&) {}
  void fit(const Tensor&, Context&) override {}
};
HASHLOOM_PLUGIN("wrong", "1.0.0", component<Wrong>("hasher/wrong"))
