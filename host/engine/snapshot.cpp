#include <ATen/core/grad_mode.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <engine/snapshot.hpp>
#include <mutex>
#include <trace/trace.hpp>

namespace hashloom::engine {
namespace {

class Snapshot final : public Generator {
 public:
  Snapshot(Worker worker, std::vector<int64_t> item) : worker_(std::move(worker)), item_(std::move(item)) {}

  void train(const TrainingInputs&, Context&) override { throw std::logic_error("a snapshot does not learn"); }

  Tensor sample(const Tensor& codes, const Tensor& items, uint64_t seed) const override {
    const at::NoGradGuard no_grad;
    const std::lock_guard one_at_a_time(mutex_);  // a component is used by one thread at a time
    const trace::Span span(trace::Kind::component, worker_.info->id + " samples");
    const Tensor drawn = worker_.instance.generator->sample(codes, items, seed);
    auto promised = item_;
    promised.insert(promised.begin(), codes.size(0));
    if (!drawn.defined() || drawn.sizes() != at::IntArrayRef(promised) || drawn.scalar_type() != at::kFloat)
      throw ShapeError(fmt::format("{} draws {} {}; float32 [{}] was promised", worker_.info->id,
                                   item_.size() == 1 ? "features" : "images", hashloom::describe(drawn),
                                   fmt::join(promised, ", ")));
    return drawn;
  }

 private:
  Worker worker_;
  std::vector<int64_t> item_;
  mutable std::mutex mutex_;
};

/// The sizes of one item: of an image or, where the generator reads none, of features.
std::vector<int64_t> item_of(const TrainingInputs& in) {
  if (!in.images_by_port.empty()) {
    const auto spec = in.images_by_port.begin()->second->spec();
    return {spec.channels, spec.height, spec.width};
  }
  if (!in.features_by_port.empty()) return {in.features_by_port.begin()->second.size(1)};
  throw std::logic_error("a generator without images or features is wired");
}

}  // namespace

GeneratorPtr snapshot(Worker& worker, const Ports& inputs, at::Device device) {
  State learned;
  worker.instance.component->state(learned);
  auto copy = Worker::make(*worker.info, worker.params);
  const auto in = training_inputs(inputs);
  copy.instance.generator->attach(in, device);
  State loaded(learned.tensors());
  copy.instance.component->state(loaded);
  return std::make_shared<Snapshot>(std::move(copy), item_of(in));
}

}  // namespace hashloom::engine
