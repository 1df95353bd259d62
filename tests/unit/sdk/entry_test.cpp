#include <ATen/ops/zeros.h>
#include <gtest/gtest.h>

#include "plugin_under_test.hpp"

namespace hashloom::test {
namespace {

class Nothing final : public Evaluator {
 public:
  static Schema schema() { return Schema("Nothing").param("bits", 32, between(1, 64), "code length"); }
  explicit Nothing(const Params& p) : bits(p.integer("bits")) {}
  void evaluate(const EvaluationInputs&, Context&) const override {}
  int64_t bits;
};

TEST(Component, IsMadeInItsRoleOnly) {
  const Instance made = component<Nothing>("evaluator/nothing").make(Params({{"bits", int64_t{16}}}));
  EXPECT_EQ(static_cast<Component*>(made.evaluator), made.component.get());
  EXPECT_EQ(static_cast<Nothing*>(made.evaluator)->bits, 16);
  EXPECT_EQ(made.hasher, nullptr);
  EXPECT_EQ(made.generator, nullptr);
}

TEST(Plugin, AHasherCrossesTheBorder) {
  RecordingContext run;
  const Instance lsh = make("lsh", "hasher/lsh", {{"bits", int64_t{24}}});
  lsh.hasher->fit(run.randn({10, 5}), run);
  EXPECT_EQ(describe(lsh.hasher->bits(run.randn({3, 5}))), "[3, 24] bool on cpu");
}

TEST(Plugin, AStateCrossesTheBorder) {
  RecordingContext run;
  const Tensor x = run.randn({10, 5});
  const Instance fitted = make("lsh", "hasher/lsh"), loaded = make("lsh", "hasher/lsh");
  fitted.hasher->fit(x, run);
  State saving;
  fitted.component->state(saving);
  State loading(saving.tensors());
  loaded.component->state(loading);
  EXPECT_TRUE(loaded.hasher->bits(x).equal(fitted.hasher->bits(x)));
}

}  // namespace
}  // namespace hashloom::test
