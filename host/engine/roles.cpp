#include <fmt/format.h>

#include <engine/mapping.hpp>
#include <engine/roles.hpp>
#include <engine/snapshot.hpp>
#include <trace/trace.hpp>

namespace hashloom::engine {
namespace {

const Splits<Tensor>& features_in(const Ports& inputs) {
  for (const auto& [port, value] : inputs)
    if (value.type == port::kFeatures) return value.as<Splits<Tensor>>();
  throw std::logic_error("no features are wired");
}

const Splits<ImagesPtr>* images_in(const Ports& inputs) {
  for (const auto& [port, value] : inputs)
    if (value.type == port::kImages) return &value.as<Splits<ImagesPtr>>();
  return nullptr;
}

const Splits<ImagesPtr>& required_images(const Ports& inputs) {
  if (const auto* images = images_in(inputs)) return *images;
  throw std::logic_error("no images are wired");
}

std::string port_of(const Worker& worker, const std::string& type) {
  for (const auto& output : worker.info->schema.outputs())
    if (output.type == type) return output.name;
  throw std::logic_error(worker.info->id + " has no output of type " + type);
}

void check_dataset(const Worker& worker, const Splits<ImagesPtr>& images, const Splits<Tensor>& labels) {
  for (const Split split : kSplits) {
    if (!images[split]) throw ShapeError(fmt::format("{} gives no {} images", worker.info->id, name(split)));
    const int64_t found = labels[split].defined() && labels[split].dim() > 0 ? labels[split].size(0) : -1;
    if (found != images[split]->size())
      throw ShapeError(fmt::format("{} gives {} {} images and labels {}", worker.info->id, images[split]->size(),
                                   name(split), hashloom::describe(labels[split])));
  }
}

/// Calls a method of the worker's component under the trace's eyes.
template <class Method>
auto called(const Worker& worker, const char* method, const Method& call) {
  const trace::Span span(trace::Kind::component, worker.info->id + " " + method);
  return call();
}

Ports dataset_outputs(Worker& worker) {
  const auto images = worker.instance.dataset->images();
  const auto labels = worker.instance.dataset->labels();
  check_dataset(worker, images, labels);
  return {{port_of(worker, port::kImages), {images, port::kImages, {}}},
          {port_of(worker, port::kLabels), {labels, port::kLabels, {}}}};
}

/// Packs what `bits` gives for batches; checks that it is bool [n, k] with one k.
template <class Inputs, class Bits>
Splits<Codes> codes_of(const Worker& worker, const Splits<Inputs>& inputs, StageContext& run, Bits bits) {
  const auto checked = [&](const Tensor& batch) {
    const Tensor given = called(worker, "bits", [&] { return bits(batch); });
    if (!given.defined() || given.dim() != 2 || given.size(0) != batch.size(0) || given.scalar_type() != at::kBool)
      throw ShapeError(fmt::format("{} gives bits {} for a batch {}; bool [{}, k] was promised", worker.info->id,
                                   hashloom::describe(given), hashloom::describe(batch), batch.size(0)));
    return given;
  };
  const auto mapped = map_splits(inputs, run, checked);
  const trace::Span span(trace::Kind::codes, "pack");
  Splits<Codes> codes{Codes::pack(mapped.train), Codes::pack(mapped.query), {}};
  codes.database = mapped.database.is_same(mapped.train) ? codes.train : Codes::pack(mapped.database);
  return codes;
}

Ports feature_outputs(Worker& worker, const Ports& inputs, StageContext& run) {
  const auto features = map_splits(required_images(inputs), run, [&](const Tensor& batch) {
    const Tensor given = called(worker, "features", [&] { return worker.instance.feature->features(batch); });
    if (!given.defined() || given.dim() != 2 || given.size(0) != batch.size(0) || given.scalar_type() != at::kFloat)
      throw ShapeError(fmt::format("{} gives features {} for a batch {}; float32 [{}, D] was promised", worker.info->id,
                                   hashloom::describe(given), hashloom::describe(batch), batch.size(0)));
    return given;
  });
  return {{port_of(worker, port::kFeatures), {features, port::kFeatures, {}}}};
}

Ports hasher_outputs(Worker& worker, const Ports& inputs, StageContext& run) {
  const auto codes = codes_of(worker, features_in(inputs), run,
                              [&](const Tensor& batch) { return worker.instance.hasher->bits(batch); });
  return {{port_of(worker, port::kCodes), {codes, port::kCodes, {}}}};
}

Ports network_outputs(Worker& worker, const Ports& inputs, StageContext& run) {
  worker.instance.network->attach(run.device());
  const auto bits = [&](const Tensor& batch) { return worker.instance.network->bits(batch); };
  const auto* images = images_in(inputs);
  const auto codes = images ? codes_of(worker, *images, run, bits) : codes_of(worker, features_in(inputs), run, bits);
  return {{port_of(worker, port::kCodes), {codes, port::kCodes, {}}}};
}

Ports generator_outputs(Worker& worker, const Ports& inputs, StageContext& run) {
  return {{port_of(worker, port::kGenerator), {snapshot(worker, inputs, run.device()), port::kGenerator, {}}}};
}

}  // namespace

Worker Worker::make(const plugins::ComponentInfo& info, Params params) {
  Worker worker{&info, std::move(params), {}};
  worker.instance = info.make(worker.params);
  return worker;
}

void learn(Worker& worker, const Ports& inputs, StageContext& run) {
  const trace::Span span(trace::Kind::component, worker.info->id + " learns");
  const auto& instance = worker.instance;
  if (instance.dataset) instance.dataset->load(run);
  if (instance.feature) instance.feature->fit(*required_images(inputs).train, run);
  if (instance.hasher) instance.hasher->fit(features_in(inputs).train.to(run.device()), run);
  if (instance.generator) instance.generator->train(training_inputs(inputs), run);
  if (instance.network) instance.network->train(training_inputs(inputs), run);
  if (instance.evaluator) instance.evaluator->evaluate(evaluation_inputs(inputs), run);
}

Ports outputs(Worker& worker, const Ports& inputs, StageContext& run) {
  const auto& instance = worker.instance;
  if (instance.dataset) return dataset_outputs(worker);
  if (instance.feature) return feature_outputs(worker, inputs, run);
  if (instance.hasher) return hasher_outputs(worker, inputs, run);
  if (instance.generator) return generator_outputs(worker, inputs, run);
  if (instance.network) return network_outputs(worker, inputs, run);
  return {};
}

}  // namespace hashloom::engine
