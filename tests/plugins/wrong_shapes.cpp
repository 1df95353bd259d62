// Components that give other shapes or types than their roles promise.
#include <hashloom/plugin.hpp>
using namespace hashloom;

class TooFewRows final : public Feature {
 public:
  static Schema schema() { return Schema("loses a row of each batch"); }
  explicit TooFewRows(const Params&) {}
  Tensor features(const Tensor& images) const override {
    return images.flatten(1).to(at::kFloat).narrow(0, 0, images.size(0) - 1);
  }
};

class WrongType final : public InitialHasher {
 public:
  static Schema schema() { return Schema("gives numbers in place of bits"); }
  explicit WrongType(const Params&) {}
  void fit(const Tensor&, Context&) override {}
  Tensor bits(const Tensor& x) const override { return x.narrow(1, 0, 8); }
};

class WrongSize final : public Generator {
 public:
  static Schema schema() { return Schema("draws images of half the height"); }
  explicit WrongSize(const Params&) {}
  void train(const TrainingInputs& in, Context&) override { attach(in, at::kCPU); }
  void attach(const TrainingInputs& in, at::Device) override { images_ = in.images().read(0, 1).to(at::kFloat); }
  Tensor sample(const Tensor& codes, const Tensor&, uint64_t) const override {
    return images_.narrow(2, 0, images_.size(2) / 2).repeat({codes.size(0), 1, 1, 1});
  }

 private:
  Tensor images_;
};

class OtherLength final : public HashNetwork {
 public:
  static Schema schema() { return Schema("gives codes of another length than those that it got; samples once"); }
  explicit OtherLength(const Params&) {}
  void train(const TrainingInputs& in, Context& run) override {
    const Tensor codes = in.codes().unpack().narrow(0, 0, 2);
    in.generator().sample(codes, codes.sum(1), run.draw_seed());
  }
  Tensor bits(const Tensor& batch) const override { return batch.flatten(1).narrow(1, 0, 7) > 0; }
};

HASHLOOM_PLUGIN("wrong_shapes", "1.0.0", component<TooFewRows>("feature/too-few-rows"),
                component<WrongType>("hasher/wrong-type"), component<WrongSize>("generator/wrong-size"),
                component<OtherLength>("network/other-length"))
