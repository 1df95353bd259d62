#include <hashloom/plugin.hpp>
#include <stdexcept>

namespace hashloom {
namespace {

template <class T>
const T& wired(const std::map<std::string, T>& by_port, const std::string& port) {
  const auto at = by_port.find(port);
  if (at == by_port.end()) throw std::logic_error("no input '" + port + "' of this type is wired");
  return at->second;
}

}  // namespace

Component::~Component() = default;

void Component::tune(const Params&) {
  throw std::logic_error("a component marks parameters as tunable and does not override tune()");
}

Dataset::~Dataset() = default;
Feature::~Feature() = default;
InitialHasher::~InitialHasher() = default;
Generator::~Generator() = default;
HashNetwork::~HashNetwork() = default;
Evaluator::~Evaluator() = default;

bool TrainingInputs::has(const std::string& port) const {
  return images_by_port.contains(port) || features_by_port.contains(port) || codes_by_port.contains(port) ||
         generators_by_port.contains(port);
}
const Images& TrainingInputs::images(const std::string& port) const { return *wired(images_by_port, port); }
const Tensor& TrainingInputs::features(const std::string& port) const { return wired(features_by_port, port); }
const Codes& TrainingInputs::codes(const std::string& port) const { return wired(codes_by_port, port); }
const Generator& TrainingInputs::generator(const std::string& port) const { return *wired(generators_by_port, port); }

bool EvaluationInputs::has(const std::string& port) const {
  return images_by_port.contains(port) || features_by_port.contains(port) || labels_by_port.contains(port) ||
         codes_by_port.contains(port) || generators_by_port.contains(port);
}
const Splits<ImagesPtr>& EvaluationInputs::images(const std::string& port) const { return wired(images_by_port, port); }
const Splits<Tensor>& EvaluationInputs::features(const std::string& port) const {
  return wired(features_by_port, port);
}
const Splits<Tensor>& EvaluationInputs::labels(const std::string& port) const { return wired(labels_by_port, port); }
const Splits<Codes>& EvaluationInputs::codes(const std::string& port) const { return wired(codes_by_port, port); }
const Generator& EvaluationInputs::generator(const std::string& port) const { return *wired(generators_by_port, port); }

Schema with_usual_ports(Schema schema, const std::string& role) {
  const bool no_inputs = schema.inputs().empty(), no_outputs = schema.outputs().empty();
  const auto input = [&](const char* type, const char* help) {
    if (no_inputs) schema.input(type, type, Need::required, help);
  };
  const auto output = [&](const char* type, const char* help) {
    if (no_outputs) schema.output(type, type, help);
  };
  if (role == "dataset") {
    output(port::kImages, "images of each split");
    output(port::kLabels, "labels of each split, for evaluators only");
  } else if (role == "feature") {
    input(port::kImages, "images to describe");
    output(port::kFeatures, "a vector for each image");
  } else if (role == "hasher") {
    input(port::kFeatures, "vectors to hash");
    output(port::kCodes, "a binary code for each vector");
  } else if (role == "generator") {
    input(port::kImages, "images to imitate");
    input(port::kCodes, "their codes");
    output(port::kGenerator, "draws images that look like those of a code");
  } else if (role == "network") {
    input(port::kImages, "images to hash");
    input(port::kCodes, "their codes so far");
    input(port::kGenerator, "draws images for a code");
    output(port::kCodes, "the codes that the network gives");
  } else if (role != "evaluator") {
    throw std::logic_error("there is no role '" + role + "'");
  }
  return schema;
}

}  // namespace hashloom
