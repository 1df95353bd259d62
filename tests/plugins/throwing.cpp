// Components that throw while they learn.
#include <hashloom/plugin.hpp>
using namespace hashloom;

class ThrowsInFit : public InitialHasher {
 public:
  static Schema schema() { return Schema("throws std::runtime_error in fit"); }
  explicit ThrowsInFit(const Params&) {}
  void fit(const Tensor&, Context&) override { throw std::runtime_error("the fit went wrong"); }
  Tensor bits(const Tensor& x) const override { return x > 0; }
};

class ThrowsInt final : public ThrowsInFit {
 public:
  static Schema schema() { return Schema("throws an int in fit"); }
  using ThrowsInFit::ThrowsInFit;
  void fit(const Tensor&, Context&) override { throw 42; }
};

class FailsInLibTorch final : public ThrowsInFit {
 public:
  static Schema schema() { return Schema("multiplies matrices that do not fit"); }
  using ThrowsInFit::ThrowsInFit;
  void fit(const Tensor& x, Context&) override { x.matmul(x.narrow(1, 0, 1)); }
};

class ThrowsInEpoch final : public HashNetwork {
 public:
  static Schema schema() {
    return Schema("throws TrainingError in epoch 2").param("epochs", 3, between(1, 9), "epochs");
  }
  explicit ThrowsInEpoch(const Params& p) : epochs_(p.integer("epochs")) {}
  void train(const TrainingInputs&, Context& run) override {
    for (const int64_t epoch : run.epochs(epochs_))
      if (epoch == 2) throw TrainingError("the loss is not a number", "try a smaller learning_rate (now 1)");
  }
  Tensor bits(const Tensor& batch) const override { return batch.flatten(1).narrow(1, 0, 8) > 0; }

 private:
  int64_t epochs_;
};

class ThrowsInEvaluate final : public Evaluator {
 public:
  static Schema schema() { return Schema("throws").input("codes", port::kCodes, Need::required, "not looked at"); }
  explicit ThrowsInEvaluate(const Params&) {}
  void evaluate(const EvaluationInputs&, Context&) const override { throw std::runtime_error("nothing to see"); }
};

HASHLOOM_PLUGIN("throwing", "1.0.0", component<ThrowsInFit>("hasher/throws-in-fit"),
                component<ThrowsInt>("hasher/throws-int"), component<FailsInLibTorch>("hasher/fails-in-libtorch"),
                component<ThrowsInEpoch>("network/throws-in-epoch"), component<ThrowsInEvaluate>("evaluator/throws"))
