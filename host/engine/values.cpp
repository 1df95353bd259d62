#include <fmt/format.h>

#include <engine/values.hpp>
#include <stdexcept>

namespace hashloom::engine {
namespace {

std::string shape_text(const ImagesPtr& images) {
  const ImageSpec spec = images->spec();
  return fmt::format("{} of {}x{}x{}", images->size(), spec.channels, spec.height, spec.width);
}
std::string shape_text(const Tensor& tensor) { return hashloom::describe(tensor); }
std::string shape_text(const Codes& codes) { return fmt::format("{} of {} bits", codes.items(), codes.bits()); }

template <class T>
std::string text(const Splits<T>& splits) {
  return fmt::format("train {}, query {}, database {}", shape_text(splits.train), shape_text(splits.query),
                     shape_text(splits.database));
}
std::string text(const GeneratorPtr&) { return "a snapshot"; }

}  // namespace

std::string describe(const Ports& ports) {
  std::string all;
  for (const auto& [port, value] : ports) {
    const auto shape = std::visit([](const auto& held) { return text(held); }, value.held);
    all += fmt::format("{}{}: {}", all.empty() ? "" : "; ", port, shape);
  }
  return all;
}

TrainingInputs training_inputs(const Ports& inputs) {
  TrainingInputs out;
  for (const auto& [port, value] : inputs) {
    if (value.type == port::kLabels) throw std::logic_error("labels are wired to a stage that trains");
    if (value.type == port::kImages) out.images_by_port[port] = std::get<Splits<ImagesPtr>>(value.held).train;
    if (value.type == port::kFeatures) out.features_by_port[port] = std::get<Splits<Tensor>>(value.held).train;
    if (value.type == port::kCodes) out.codes_by_port[port] = std::get<Splits<Codes>>(value.held).train;
    if (value.type == port::kGenerator) out.generators_by_port[port] = std::get<GeneratorPtr>(value.held);
  }
  return out;
}

EvaluationInputs evaluation_inputs(const Ports& inputs) {
  EvaluationInputs out;
  for (const auto& [port, value] : inputs) {
    if (value.type == port::kImages) out.images_by_port[port] = std::get<Splits<ImagesPtr>>(value.held);
    if (value.type == port::kFeatures) out.features_by_port[port] = std::get<Splits<Tensor>>(value.held);
    if (value.type == port::kLabels) out.labels_by_port[port] = std::get<Splits<Tensor>>(value.held);
    if (value.type == port::kCodes) out.codes_by_port[port] = std::get<Splits<Codes>>(value.held);
    if (value.type == port::kGenerator) out.generators_by_port[port] = std::get<GeneratorPtr>(value.held);
  }
  return out;
}

}  // namespace hashloom::engine
