// error: the_id_of_a_component_ends_with_a_name_in_kebab_case
#include <hashloom/plugin.hpp>
using namespace hashloom;

class Wrong final : public InitialHasher {
 public:
  static Schema schema() { return Schema("wrong"); }
  explicit Wrong(const Params&) {}
  void fit(const Tensor&, Context&) override {}
  Tensor bits(const Tensor& x) const override { return x > 0; }
};
HASHLOOM_PLUGIN("wrong", "1.0.0", component<Wrong>("hasher/MyThing"))
