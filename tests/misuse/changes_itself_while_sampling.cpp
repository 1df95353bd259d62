// error: assignment of member 'Wrong::asked_' in read-only object
#include <hashloom/plugin.hpp>
using namespace hashloom;

class Wrong final : public Generator {
 public:
  static Schema schema() { return Schema("wrong"); }
  explicit Wrong(const Params&) {}
  void train(const TrainingInputs&, Context&) override {}
  Tensor sample(const Tensor& codes, const Tensor&, uint64_t) const override {
    asked_ = true;
    return codes;
  }

 private:
  bool asked_ = false;
};
HASHLOOM_PLUGIN("wrong", "1.0.0", component<Wrong>("generator/wrong"))
