// A small data set that needs no file, and a network whose epochs take a while and whose state is a chain of random
// numbers.
#include <ATen/ops/arange.h>
#include <ATen/ops/zeros.h>

#include <hashloom/plugin.hpp>
#include <thread>
using namespace hashloom;

#ifdef HASHLOOM_REBUILT  // what another build of this plugin does otherwise
constexpr double kDecay = -0.9;
#else
constexpr double kDecay = 0.5;
#endif

/// Grey 8x8 images of two classes: the left or the right half is light. Train 200, query 20, database = train.
class SmallImages final : public Dataset {
 public:
  static Schema schema() {
    return Schema("two classes of 8x8 images made by a formula")
        .param("images", 200, between(2, 1000000), "train images");
  }
  explicit SmallImages(const Params& p) : items_(p.integer("images")) {}
  void load(Context&) override {}
  Splits<ImagesPtr> images() const override {
    const auto train = of(items_);
    return {train, of(20), train};
  }
  Splits<Tensor> labels() const override {
    const Tensor train = classes(items_);
    return {train, classes(20), train};
  }
  std::string label_use() const override { return "made up"; }

 private:
  static Tensor classes(int64_t n) { return at::arange(n, at::kInt).remainder(2).to(at::kInt); }
  static ImagesPtr of(int64_t n) {
    const Tensor noise = (at::arange(n * 64, at::kInt) * 7919).remainder(101).view({n, 1, 8, 8});
    const Tensor right = (at::arange(8, at::kInt) >= 4).view({1, 1, 1, 8});
    const Tensor is_right = (classes(n) == 1).view({n, 1, 1, 1});
    return images_in_memory((noise + 100 * (right == is_right).to(at::kInt)).to(at::kByte));
  }
  int64_t items_;
};

/// bits = sign of pixels times random planes; each epoch adds random numbers to the planes, so that codes at the end
/// depend on every epoch of every round.
class SlowNetwork final : public HashNetwork {
 public:
  static Schema schema() {
    return Schema("random planes that wander, slowly")
        .param("bits", 16, between(1, 64), "code length")
        .param("epochs", 4, between(1, 1000), "epochs a round")
        .param("milliseconds", 0, between(0, 10000), "that an epoch takes")
        .param("noise", 1.0, between(0, 10), "deviation of what is added")
        .tunable();
  }
  explicit SlowNetwork(const Params& p)
      : bits_(p.integer("bits")),
        epochs_(p.integer("epochs")),
        milliseconds_(p.integer("milliseconds")),
        noise_(p.number("noise")) {}
  void tune(const Params& p) override { noise_ = p.number("noise"); }
  void train(const TrainingInputs& in, Context& run) override {
    const auto spec = in.images().spec();
    if (!planes_.defined()) planes_ = at::zeros({spec.channels * spec.height * spec.width, bits_});
    for ([[maybe_unused]] const int64_t epoch : run.epochs(epochs_)) {
      for (int64_t i = 0; i < milliseconds_; i += 5) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
        run.progress(i, milliseconds_, "steps");
      }
      planes_ = planes_ * kDecay + noise_ * run.randn(planes_.sizes());
    }
  }
  Tensor bits(const Tensor& batch) const override {
    return (batch.flatten(1).to(at::kFloat) - 100).matmul(planes_) > 0;
  }
  void state(State& s) override { s("planes", planes_); }

 private:
  int64_t bits_, epochs_, milliseconds_;
  double noise_;
  Tensor planes_;
};

/// Records how many codes there are, after a while.
class SlowEvaluator final : public Evaluator {
 public:
  static Schema schema() {
    return Schema("counts codes, slowly")
        .param("milliseconds", 300, between(0, 10000), "that it takes")
        .input("codes", port::kCodes, Need::required, "to count");
  }
  explicit SlowEvaluator(const Params& p) : milliseconds_(p.integer("milliseconds")) {}
  void evaluate(const EvaluationInputs& in, Context& run) const override {
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds_));
    run.metric("codes", static_cast<double>(in.codes().train.items()));
  }

 private:
  int64_t milliseconds_;
};

/// Planes that no seed gives.
class RestlessHasher final : public InitialHasher {
 public:
  static Schema schema() { return Schema("planes from the clock").not_deterministic("it reads the clock"); }
  explicit RestlessHasher(const Params&) {}
  void fit(const Tensor& x, Context&) override {
    const auto now = std::chrono::steady_clock::now().time_since_epoch().count();
    planes_ =
        (at::arange(x.size(1) * 16, at::kLong) * (now % 1000003)).remainder(1009).to(at::kFloat).view({-1, 16}) - 504;
  }
  Tensor bits(const Tensor& x) const override { return (x - 100).matmul(planes_) > 0; }
  void state(State& s) override { s("planes", planes_); }

 private:
  Tensor planes_;
};

HASHLOOM_PLUGIN("small", "1.0.0", component<SmallImages>("dataset/small"), component<SlowNetwork>("network/slow"),
                component<SlowEvaluator>("evaluator/slow"), component<RestlessHasher>("hasher/restless"))
