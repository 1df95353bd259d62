// Components that break one promise each; hashloom-validate has to say which.
#include <ATen/ops/ones.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/zeros.h>
#include <ATen/ops/zeros_like.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <hashloom/plugin.hpp>
using namespace hashloom;

/// Keeps all promises; the others break one.
class Planes : public InitialHasher {
 public:
  static Schema schema() { return Schema("signs of random projections"); }
  explicit Planes(const Params&) {}
  void fit(const Tensor& x, Context& run) override { planes_ = run.randn({x.size(1), 8}); }
  Tensor bits(const Tensor& x) const override { return x.matmul(planes_) > 0; }
  void state(State& s) override { s("planes", planes_); }

 protected:
  Tensor planes_;
};

// --- schema --------------------------------------------------------------------------------------------------------

struct BadDefault final : Planes {
  using Planes::Planes;
  static Schema schema() { return Schema("planes").param("width", 9, between(1, 8), "of nothing"); }
};

struct NoHelp final : Planes {
  using Planes::Planes;
  static Schema schema() { return Schema("planes").param("width", 1, between(1, 8), ""); }
};

struct Shouting final : Planes {
  using Planes::Planes;
  static Schema schema() { return Schema("planes").param("Width-Of", 1, between(1, 8), "of nothing"); }
};

struct NoTune final : Planes {
  using Planes::Planes;
  static Schema schema() { return Schema("planes").param("width", 1, between(1, 8), "of nothing").tunable(); }
};

// --- parameters ----------------------------------------------------------------------------------------------------

struct ReadsUnknown final : Planes {
  explicit ReadsUnknown(const Params& p) : Planes(p) { p.integer("width"); }
};

struct DiesAtItsBound final : Planes {
  static Schema schema() { return Schema("planes").param("width", 1, between(1, 8), "of nothing"); }
  explicit DiesAtItsBound(const Params& p) : Planes(p) {
    if (p.integer("width") == 8) throw std::runtime_error("8 is too wide");
  }
};

struct KnowsNoChoice final : Planes {
  static Schema schema() { return Schema("planes").param("kind", "flat", one_of({"flat", "bent"}), "of planes"); }
  explicit KnowsNoChoice(const Params& p) : Planes(p) {
    if (p.text("kind") == "bent") throw std::invalid_argument("no plane is bent");
  }
};

struct NeedsAnItem final : Planes {
  static Schema schema() {
    return Schema("planes").param("widths", std::vector<int64_t>{8}, between(1, 8), "of nothing");
  }
  explicit NeedsAnItem(const Params& p) : Planes(p) { first_ = p.integers("widths").at(0); }
  int64_t first_;
};

struct TakesAnySize final : Planes {
  static Schema schema() { return Schema("planes").param("room", 1, at_least(1), "numbers that it keeps room for"); }
  explicit TakesAnySize(const Params& p) : Planes(p), room_(static_cast<size_t>(p.integer("room"))) {}
  std::vector<double> room_;
};

/// Breaks none: a schema can't say that a number is odd.
struct RefusesRightly final : Planes {
  static Schema schema() { return Schema("planes").param("width", 1, between(1, 8), "of nothing"); }
  explicit RefusesRightly(const Params& p) : Planes(p) {
    if (p.integer("width") % 2 == 0) throw ParameterError("width is odd, not 8", "try 7");
  }
};

// --- shapes, rows --------------------------------------------------------------------------------------------------

struct GivesNumbers final : Planes {
  using Planes::Planes;
  Tensor bits(const Tensor& x) const override { return x.matmul(planes_); }
};

struct GivesNoBits final : Planes {
  using Planes::Planes;
  Tensor bits(const Tensor& x) const override { return x.narrow(1, 0, 0) > 0; }
};

struct MixesRows final : Planes {
  using Planes::Planes;
  Tensor bits(const Tensor& x) const override { return (x - x.mean(0)).matmul(planes_) > 0; }
};

class TooBright final : public Generator {
 public:
  static Schema schema() { return Schema("white, and more than that"); }
  explicit TooBright(const Params&) {}
  void train(const TrainingInputs&, Context&) override {}
  Tensor sample(const Tensor& codes, const Tensor&, uint64_t) const override {
    return 3 * at::ones({codes.size(0), 1, 28, 28});
  }
};

class TooSmall final : public Generator {
 public:
  static Schema schema() { return Schema("grey, of half the height"); }
  explicit TooSmall(const Params&) {}
  void train(const TrainingInputs&, Context&) override {}
  Tensor sample(const Tensor& codes, const Tensor&, uint64_t) const override {
    return at::zeros({codes.size(0), 1, 14, 28});
  }
};

// --- seed, state, resume, purity -----------------------------------------------------------------------------------

struct OwnRandom final : Planes {
  using Planes::Planes;
  void fit(const Tensor& x, Context&) override { planes_ = at::randn({x.size(1), 8}); }
};

struct Forgets final : Planes {
  using Planes::Planes;
  void state(State&) override {}
};

/// Adds to an average that state() leaves out.
class ForgetsAnAverage final : public HashNetwork {
 public:
  static Schema schema() { return Schema("planes that follow an average"); }
  explicit ForgetsAnAverage(const Params&) {}
  void train(const TrainingInputs&, Context& run) override {
    if (!planes_.defined()) planes_ = at::zeros({28 * 28, 8});
    Tensor average = at::zeros_like(planes_);
    for ([[maybe_unused]] const int64_t epoch : run.epochs(3)) {
      average = average * 0.9 + run.randn(planes_.sizes());
      planes_ = planes_ + average;
    }
  }
  Tensor bits(const Tensor& x) const override { return (x.flatten(1).to(at::kFloat) - 100).matmul(planes_) > 0; }
  void state(State& s) override { s("planes", planes_); }

 private:
  Tensor planes_;
};

struct Counts final : Planes {
  using Planes::Planes;
  Tensor bits(const Tensor& x) const override { return x.matmul(planes_) > static_cast<double>(asked_++); }
  mutable int64_t asked_ = 0;
};

// --- what a process of its own is for ------------------------------------------------------------------------------

struct Prints final : Planes {
  using Planes::Planes;
  void fit(const Tensor& x, Context& run) override {
    std::puts("fitting ...");
    Planes::fit(x, run);
  }
};

struct Exits final : Planes {
  using Planes::Planes;
  void fit(const Tensor&, Context&) override { std::exit(0); }
};

struct Crashes final : Planes {
  using Planes::Planes;
  void fit(const Tensor&, Context&) override { std::raise(SIGSEGV); }
};

struct Loops final : Planes {
  using Planes::Planes;
  void fit(const Tensor&, Context&) override {
    for (volatile bool goes_on = true; goes_on;) {
    }
  }
};

struct Throws final : Planes {
  using Planes::Planes;
  void fit(const Tensor&, Context&) override { throw TrainingError("no fit is good enough"); }
};

HASHLOOM_PLUGIN("untrue", "1.0.0", component<BadDefault>("hasher/bad-default"), component<NoHelp>("hasher/no-help"),
                component<Shouting>("hasher/shouting"), component<NoTune>("hasher/no-tune"),
                component<ReadsUnknown>("hasher/reads-unknown"), component<DiesAtItsBound>("hasher/dies-at-its-bound"),
                component<KnowsNoChoice>("hasher/knows-no-choice"), component<NeedsAnItem>("hasher/needs-an-item"),
                component<TakesAnySize>("hasher/takes-any-size"), component<RefusesRightly>("hasher/refuses-rightly"),
                component<GivesNumbers>("hasher/gives-numbers"), component<GivesNoBits>("hasher/gives-no-bits"),
                component<MixesRows>("hasher/mixes-rows"), component<TooSmall>("generator/too-small"),
                component<TooBright>("generator/too-bright"), component<OwnRandom>("hasher/own-random"),
                component<Forgets>("hasher/forgets"), component<ForgetsAnAverage>("network/forgets-an-average"),
                component<Counts>("hasher/counts"), component<Prints>("hasher/prints"),
                component<Exits>("hasher/exits"), component<Crashes>("hasher/crashes"),
                component<Loops>("hasher/loops"), component<Throws>("hasher/throws"))
