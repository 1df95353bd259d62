// error: the_id_of_a_component_begins_with_the_role_of_its_class
#include <hashloom/plugin.hpp>
using namespace hashloom;

class Wrong final : public InitialHasher {
 public:
  static Schema schema() { return Schema("wrong"); }
  explicit Wrong(const Params&) {}
  void fit(const Tensor&, Context&) override {}
  Tensor bits(const Tensor& x) const override { return x > 0; }
};
HASHLOOM_PLUGIN("wrong", "1.0.0", component<Wrong>("feature/wrong"))
