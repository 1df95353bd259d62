// error: a component derives from one role: Dataset, Feature, InitialHasher, Generator, HashNetwork or Evaluator
#include <hashloom/plugin.hpp>
using namespace hashloom;

class Wrong final {
 public:
  static Schema schema() { return Schema("wrong"); }
  explicit Wrong(const Params&) {}
};
HASHLOOM_PLUGIN("wrong", "1.0.0", component<Wrong>("hasher/wrong"))
