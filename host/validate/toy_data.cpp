#include <ATen/CPUGeneratorImpl.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/rand.h>
#include <ATen/ops/randn.h>

#include <algorithm>
#include <plugins/alternatives.hpp>
#include <validate/toy_data.hpp>

namespace hashloom::validate {
namespace {

constexpr int64_t kTrain = 96, kQueries = 24, kSide = 28, kClasses = 4, kFeatures = 64, kBits = 16;

at::Generator random_of(uint64_t seed) { return at::make_generator<at::CPUGeneratorImpl>(seed); }

Tensor classes(int64_t n) { return at::arange(n, at::kInt).remainder(kClasses).to(at::kInt); }

Tensor pixels(int64_t n, uint64_t seed) {
  const Tensor rows = at::arange(kSide, at::kInt).div(kSide / kClasses, "floor").view({1, 1, kSide, 1});
  const Tensor stripe = (rows == classes(n).view({n, 1, 1, 1})).to(at::kFloat);
  const Tensor noise = at::rand({n, 1, kSide, kSide}, random_of(seed), at::TensorOptions(at::kFloat));
  return (120 * stripe + 120 * noise).to(at::kByte);
}

Tensor features(int64_t n, uint64_t seed) {
  const Tensor noise = at::randn({n, kFeatures}, random_of(seed), at::TensorOptions(at::kFloat));
  const Tensor places = at::arange(kFeatures, at::kInt).remainder(kClasses).view({1, kFeatures});
  return noise + 2 * (places == classes(n).view({n, 1})).to(at::kFloat);
}

Codes codes(int64_t n, uint64_t seed) {
  const Tensor flips = at::rand({n, kBits}, random_of(seed), at::TensorOptions(at::kFloat)) < 0.1;
  const Tensor bits = (at::arange(kBits, at::kInt).view({1, kBits}) + classes(n).view({n, 1})).remainder(3) == 0;
  return Codes::pack(bits != flips);
}

/// Gives train items, one for each row of the codes.
class ToyGenerator final : public Generator {
 public:
  /// float32 [n, C, H, W] in [-1, 1], or features [n, D].
  explicit ToyGenerator(Tensor items) : items_(std::move(items)) {}
  void train(const TrainingInputs&, Context&) override {}
  Tensor sample(const Tensor& codes, const Tensor&, uint64_t seed) const override {
    const Tensor rows = at::arange(codes.size(0), at::kLong).remainder(items_.size(0));
    const double more = static_cast<double>(seed % 100) / 1000;
    const Tensor drawn = items_.index_select(0, rows) + more;
    return (drawn.dim() == 4 ? drawn.clamp(-1, 1) : drawn).to(codes.device());
  }

 private:
  Tensor items_;
};

Tensor floats(const Images& images) { return images.read(0, images.size()).to(at::kFloat) / 127.5 - 1; }

template <class T, class Make>
Splits<T> splits(Make make) {
  const T train = make(kTrain, 1);
  return {train, make(kQueries, 2), train};
}

/// Hands the toy data that fits its type to each input; of images or features, images.
template <class Inputs, class Put>
Inputs inputs_by_type(const Schema& schema, Put put) {
  Inputs inputs;
  const auto choice = plugins::alternatives(schema);
  for (const auto& port : schema.inputs()) {
    const bool is_choice = std::ranges::find(choice, port.name) != choice.end();
    if (!is_choice || port.type == port::kImages) put(inputs, port);
  }
  return inputs;
}

ToyData made_toy_data() {
  ToyData data;
  data.images = splits<ImagesPtr>([](int64_t n, uint64_t seed) { return images_in_memory(pixels(n, seed)); });
  data.features = splits<Tensor>(features);
  data.labels = splits<Tensor>([](int64_t n, uint64_t) { return classes(n); });
  data.codes = splits<Codes>(codes);
  data.generator = std::make_shared<ToyGenerator>(floats(*data.images.train));
  data.generator_of_features = std::make_shared<ToyGenerator>(data.features.train);
  return data;
}

}  // namespace

bool takes(const Schema& schema, const char* type) {
  return std::ranges::any_of(schema.inputs(), [&](const PortSpec& port) { return port.type == type; });
}

const ToyData& toy_data() {
  static const ToyData data = made_toy_data();
  return data;
}

TrainingInputs training_inputs(const ToyData& data, const Schema& schema) {
  return inputs_by_type<TrainingInputs>(schema, [&](TrainingInputs& in, const PortSpec& port) {
    if (port.type == port::kImages) in.images_by_port[port.name] = data.images.train;
    if (port.type == port::kFeatures) in.features_by_port[port.name] = data.features.train;
    if (port.type == port::kCodes) in.codes_by_port[port.name] = data.codes.train;
    if (port.type == port::kGenerator)
      in.generators_by_port[port.name] = takes(schema, port::kImages) ? data.generator : data.generator_of_features;
  });
}

EvaluationInputs evaluation_inputs(const ToyData& data, const Schema& schema) {
  return inputs_by_type<EvaluationInputs>(schema, [&](EvaluationInputs& in, const PortSpec& port) {
    if (port.type == port::kImages) in.images_by_port[port.name] = data.images;
    if (port.type == port::kFeatures) in.features_by_port[port.name] = data.features;
    if (port.type == port::kLabels) in.labels_by_port[port.name] = data.labels;
    if (port.type == port::kCodes) in.codes_by_port[port.name] = data.codes;
    if (port.type == port::kGenerator) in.generators_by_port[port.name] = data.generator;
  });
}

}  // namespace hashloom::validate
