// error: passing 'const hashloom::Generator' as 'this' argument discards qualifiers
#include <hashloom/plugin.hpp>
using namespace hashloom;

/// A generator on a port is a snapshot that nobody changes.
class Wrong final : public HashNetwork {
 public:
  static Schema schema() { return Schema("wrong"); }
  explicit Wrong(const Params&) {}
  void train(const TrainingInputs& in, Context& run) override { in.generator().train(in, run); }
  Tensor bits(const Tensor& x) const override { return x > 0; }
};
HASHLOOM_PLUGIN("wrong", "1.0.0", component<Wrong>("network/wrong"))
