#include <hashloom/plugin.hpp>
using namespace hashloom;

/// How far the bits of the codes are from being set for one half of the items.
class @CLASS@ final : public Evaluator {
 public:
  static Schema schema() {
    return Schema("How far bits are from being set for one half of the items")
        .input("codes", port::kCodes, Need::required, "the codes to look at");
  }
  explicit @CLASS@(const Params&) {}
  void evaluate(const EvaluationInputs& in, Context& run) const override {
    const Tensor set = in.codes()[Split::database].unpack().to(at::kFloat).mean(0);
    run.metric("imbalance", (set - 0.5).abs().mean().item<double>(), {.unit = "%", .higher_is_better = false});
  }
};
HASHLOOM_PLUGIN("@FILE@", "0.1.0", component<@CLASS@>("@ID@"))
