// error: 'const class hashloom::TrainingInputs' has no member named 'labels'
#include <hashloom/plugin.hpp>
using namespace hashloom;

/// Labels reach evaluators only.
class Wrong final : public HashNetwork {
 public:
  static Schema schema() { return Schema("wrong"); }
  explicit Wrong(const Params&) {}
  void train(const TrainingInputs& in, Context&) override { in.labels(); }
  Tensor bits(const Tensor& x) const override { return x > 0; }
};
HASHLOOM_PLUGIN("wrong", "1.0.0", component<Wrong>("network/wrong"))
