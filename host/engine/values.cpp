#include <fmt/format.h>

#include <atomic>
#include <engine/values.hpp>
#include <mutex>
#include <optional>
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

/// What is made is read without the lock: whoever writes events may ask for it, and whoever makes it may write events.
struct Value::Cell {
  std::mutex mutex;
  std::atomic<bool> is_made = false;
  std::optional<Held> held;
  std::function<Held()> make;
};

Value::Value(Held held, std::string type, std::string key)
    : type(std::move(type)), key(std::move(key)), cell_(std::make_shared<Cell>()) {
  cell_->held = std::move(held);
  cell_->is_made = true;
}

Value Value::later(std::function<Held()> make, std::string type, std::string key) {
  Value value;
  value.type = std::move(type);
  value.key = std::move(key);
  value.cell_ = std::make_shared<Cell>();
  value.cell_->make = std::move(make);
  return value;
}

const Held& Value::held() const {
  if (!cell_) throw std::logic_error("a value without content is asked for it");
  if (cell_->is_made) return *cell_->held;
  const std::lock_guard lock(cell_->mutex);
  if (!cell_->held) {
    cell_->held = cell_->make();
    cell_->make = {};  // lets go of what it was made from
    cell_->is_made = true;
  }
  return *cell_->held;
}

bool Value::is_made() const { return cell_ && cell_->is_made; }

std::string describe(const Ports& ports) {
  std::string all;
  for (const auto& [port, value] : ports) {
    const auto shape = value.is_made() ? std::visit([](const auto& held) { return text(held); }, value.held())
                                       : std::string("not read yet");
    all += fmt::format("{}{}: {}", all.empty() ? "" : "; ", port, shape);
  }
  return all;
}

TrainingInputs training_inputs(const Ports& inputs) {
  TrainingInputs out;
  for (const auto& [port, value] : inputs) {
    if (value.type == port::kLabels) throw std::logic_error("labels are wired to a stage that trains");
    if (value.type == port::kImages) out.images_by_port[port] = value.as<Splits<ImagesPtr>>().train;
    if (value.type == port::kFeatures) out.features_by_port[port] = value.as<Splits<Tensor>>().train;
    if (value.type == port::kCodes) out.codes_by_port[port] = value.as<Splits<Codes>>().train;
    if (value.type == port::kGenerator) out.generators_by_port[port] = value.as<GeneratorPtr>();
  }
  return out;
}

EvaluationInputs evaluation_inputs(const Ports& inputs) {
  EvaluationInputs out;
  for (const auto& [port, value] : inputs) {
    if (value.type == port::kImages) out.images_by_port[port] = value.as<Splits<ImagesPtr>>();
    if (value.type == port::kFeatures) out.features_by_port[port] = value.as<Splits<Tensor>>();
    if (value.type == port::kLabels) out.labels_by_port[port] = value.as<Splits<Tensor>>();
    if (value.type == port::kCodes) out.codes_by_port[port] = value.as<Splits<Codes>>();
    if (value.type == port::kGenerator) out.generators_by_port[port] = value.as<GeneratorPtr>();
  }
  return out;
}

}  // namespace hashloom::engine
