#include <ATen/core/grad_mode.h>
#include <fmt/format.h>

#include <engine/snapshot.hpp>
#include <mutex>
#include <trace/trace.hpp>

namespace hashloom::engine {
namespace {

class Snapshot final : public Generator {
 public:
  Snapshot(Worker worker, ImageSpec spec) : worker_(std::move(worker)), spec_(std::move(spec)) {}

  void train(const TrainingInputs&, Context&) override { throw std::logic_error("a snapshot does not learn"); }

  Tensor sample(const Tensor& codes, const Tensor& items, uint64_t seed) const override {
    const at::NoGradGuard no_grad;
    const std::lock_guard one_at_a_time(mutex_);  // a component is used by one thread at a time
    const trace::Span span(trace::Kind::component, worker_.info->id + " samples");
    const Tensor images = worker_.instance.generator->sample(codes, items, seed);
    const std::vector<int64_t> promised{codes.size(0), spec_.channels, spec_.height, spec_.width};
    if (!images.defined() || images.sizes() != at::IntArrayRef(promised) || images.scalar_type() != at::kFloat)
      throw ShapeError(fmt::format("{} draws images {}; float32 [{}, {}, {}, {}] was promised", worker_.info->id,
                                   hashloom::describe(images), promised[0], promised[1], promised[2], promised[3]));
    return images;
  }

 private:
  Worker worker_;
  ImageSpec spec_;
  mutable std::mutex mutex_;
};

ImageSpec spec_of(const TrainingInputs& in) {
  if (in.images_by_port.empty()) throw std::logic_error("a generator without images is wired");
  return in.images_by_port.begin()->second->spec();
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
  return std::make_shared<Snapshot>(std::move(copy), spec_of(in));
}

}  // namespace hashloom::engine
