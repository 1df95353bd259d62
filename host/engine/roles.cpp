#include <fmt/format.h>

#include <engine/mapping.hpp>
#include <engine/roles.hpp>
#include <engine/snapshot.hpp>
#include <plugins/batch_map.hpp>
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

Ports dataset_outputs(Worker& worker) {
  const auto images = worker.instance.dataset->images();
  const auto labels = worker.instance.dataset->labels();
  check_dataset(worker, images, labels);
  return {{port_of(worker, port::kImages), {images, port::kImages, {}}},
          {port_of(worker, port::kLabels), {labels, port::kLabels, {}}}};
}

BatchMap map_of(const Worker& worker) {
  return [&worker](const Tensor& batch) {
    const trace::Span span(trace::Kind::component, worker.info->id + " maps");
    return plugins::map_batch(worker.info->id, worker.instance, batch);
  };
}

template <class Inputs>
Splits<Codes> codes_of(const Worker& worker, const Splits<Inputs>& inputs, StageContext& run) {
  const auto mapped = map_splits(inputs, run, map_of(worker));
  const trace::Span span(trace::Kind::codes, "pack");
  Splits<Codes> codes{Codes::pack(mapped.train), Codes::pack(mapped.query), {}};
  codes.database = mapped.database.is_same(mapped.train) ? codes.train : Codes::pack(mapped.database);
  return codes;
}

Ports feature_outputs(Worker& worker, const Ports& inputs, StageContext& run) {
  const auto features = map_splits(required_images(inputs), run, map_of(worker));
  return {{port_of(worker, port::kFeatures), {features, port::kFeatures, {}}}};
}

Ports hasher_outputs(Worker& worker, const Ports& inputs, StageContext& run) {
  return {{port_of(worker, port::kCodes), {codes_of(worker, features_in(inputs), run), port::kCodes, {}}}};
}

Ports network_outputs(Worker& worker, const Ports& inputs, StageContext& run) {
  worker.instance.network->attach(run.device());
  const auto* images = images_in(inputs);
  const auto codes = images ? codes_of(worker, *images, run) : codes_of(worker, features_in(inputs), run);
  return {{port_of(worker, port::kCodes), {codes, port::kCodes, {}}}};
}

const char* what_it_does(const Instance& instance) {
  if (instance.dataset) return " loads";
  return instance.evaluator ? " evaluates" : " learns";
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
  const trace::Span span(trace::Kind::component, worker.info->id + what_it_does(worker.instance));
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
