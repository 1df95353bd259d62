#include <ATen/core/grad_mode.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/cat.h>
#include <fmt/format.h>

#include <algorithm>
#include <validate/exercise.hpp>

namespace hashloom::validate {
namespace {

constexpr int64_t kMostImages = 1000;  // of a data set

Tensor read_all(const Images& images) { return images.read(0, std::min(images.size(), kMostImages)); }

template <class Map>
Tensor by_batches(const Tensor& all, int64_t batch, Map map) {
  std::vector<Tensor> parts;
  for (const auto& part : all.split(batch)) parts.push_back(map(part));
  return at::cat(parts);
}

Results of_dataset(const Dataset& dataset) {
  const auto images = dataset.images();
  const auto labels = dataset.labels();
  Results all;
  for (const Split split : kSplits) {
    if (!images[split]) throw ShapeError(fmt::format("it gives no {} images", name(split)));
    all[fmt::format("images of {}", name(split))] = read_all(*images[split]);
    all[fmt::format("labels of {}", name(split))] = labels[split];
  }
  return all;
}

/// Samples for codes with and without an item.
Results of_generator(const Generator& generator, int64_t batch) {
  const Tensor codes = toy_data().codes.train.unpack(at::arange(12, at::kLong));
  const Tensor items = at::arange(12, at::kLong).where(at::arange(12) < 6, -1);
  Results all;
  for (const uint64_t seed : {1, 2})
    all[fmt::format("samples of seed {}", seed)] =
        by_batches(at::arange(12, at::kLong), batch, [&](const Tensor& some) {
          return generator.sample(codes.index_select(0, some), items.index_select(0, some), seed);
        });
  return all;
}

template <class Input, class Map>
Results of_rows(const char* what, const Splits<Input>& inputs, int64_t batch, Map map) {
  Results all;
  for (const Split split : {Split::train, Split::query}) {
    Tensor rows;
    if constexpr (std::is_same_v<Input, ImagesPtr>)
      rows = read_all(*inputs[split]);
    else
      rows = inputs[split];
    all[fmt::format("{} of {}", what, name(split))] = by_batches(rows, batch, map);
  }
  return all;
}

Results of_evaluator(const plugins::ComponentInfo& component, const Evaluator& evaluator) {
  ToyContext run(1);
  evaluator.evaluate(evaluation_inputs(toy_data(), component.schema), run);
  return run.recorded();
}

std::optional<std::string> difference(const std::string& what, const Tensor& a, const Tensor& b) {
  if (a.defined() != b.defined() || (a.defined() && (a.sizes() != b.sizes() || a.scalar_type() != b.scalar_type())))
    return fmt::format("'{}' is {} and {}", what, describe(a), describe(b));
  if (!a.defined()) return {};
  const Tensor differs = (a != b).logical_and((a == a).logical_or(b == b));  // no number is like no number
  const auto count = differs.sum().item<int64_t>();
  if (count == 0) return {};
  return fmt::format("'{}' differs in {} of {} values", what, count, a.numel());
}

}  // namespace

Params quick_parameters(const Schema& schema) {
  std::map<std::string, ParamValue> values;
  for (const auto& parameter : schema.params()) {
    values[parameter.name] = parameter.fallback;
    if (const auto* epochs = std::get_if<int64_t>(&parameter.fallback);
        epochs && parameter.name == "epochs" && !parameter.objection(int64_t{2}))
      values[parameter.name] = std::min<int64_t>(*epochs, 2);
  }
  return Params(values);
}

Instance made(const plugins::ComponentInfo& component) { return component.make(quick_parameters(component.schema)); }

void learn(const plugins::ComponentInfo& component, const Instance& instance, Context& run) {
  try {
    if (instance.dataset) instance.dataset->load(run);
  } catch (const DataError& error) {
    throw Skipped(error.what(), error.remedy());
  }
  if (instance.feature) instance.feature->fit(*toy_data().images.train, run);
  if (instance.hasher) instance.hasher->fit(toy_data().features.train, run);
  if (instance.generator) instance.generator->train(training_inputs(toy_data(), component.schema), run);
  if (instance.network) instance.network->train(training_inputs(toy_data(), component.schema), run);
}

Results results(const plugins::ComponentInfo& component, const Instance& instance, int64_t batch) {
  const at::NoGradGuard no_gradient;
  if (instance.dataset) return of_dataset(*instance.dataset);
  if (instance.feature)
    return of_rows("features", toy_data().images, batch,
                   [&](const Tensor& x) { return instance.feature->features(x); });
  if (instance.hasher)
    return of_rows("bits", toy_data().features, batch, [&](const Tensor& x) { return instance.hasher->bits(x); });
  if (instance.generator) return of_generator(*instance.generator, batch);
  if (instance.evaluator) return of_evaluator(component, *instance.evaluator);
  const auto bits = [&](const Tensor& x) { return instance.network->bits(x); };
  return takes(component.schema, port::kImages) ? of_rows("bits", toy_data().images, batch, bits)
                                                : of_rows("bits", toy_data().features, batch, bits);
}

Results saved(const Instance& instance) {
  State state;
  instance.component->state(state);
  Results all;
  for (const auto& [name, tensor] : state.tensors()) all[name] = tensor;
  return all;
}

Instance restored(const plugins::ComponentInfo& component, const Results& state) {
  auto instance = made(component);
  if (instance.generator) instance.generator->attach(training_inputs(toy_data(), component.schema), at::kCPU);
  State loading(state);
  instance.component->state(loading);
  if (instance.network) instance.network->attach(at::kCPU);
  return instance;
}

std::optional<std::string> difference(const Results& a, const Results& b) {
  for (const auto& [what, tensor] : a) {
    const auto other = b.find(what);
    if (other == b.end()) return fmt::format("there is '{}' once and not again", what);
    if (const auto differs = difference(what, tensor, other->second)) return differs;
  }
  if (a.size() != b.size()) return fmt::format("there are {} results once and {} again", a.size(), b.size());
  return {};
}

}  // namespace hashloom::validate
