#pragma once
#include <hashloom/roles.hpp>
#include <hashloom/schema.hpp>
#include <map>
#include <string>
#include <variant>

namespace hashloom::engine {

/// What a port carries. Features and labels are both Splits<Tensor>; the port's type tells them apart.
struct Value {
  std::variant<Splits<ImagesPtr>, Splits<Tensor>, Splits<Codes>, GeneratorPtr> held;
  std::string type;  ///< port::k...
  std::string key;   ///< of its content: of the stage that made it, and the port
};

/// Values by port name: a stage's inputs or outputs.
using Ports = std::map<std::string, Value>;

/// "images: train 10000, query 1000, database = train, 1x28x28 uint8; codes: ...", for messages.
std::string describe(const Ports& ports);

/// The training split of every value. Throws std::logic_error if labels are among them (load() refuses such workflows).
TrainingInputs training_inputs(const Ports& inputs);
EvaluationInputs evaluation_inputs(const Ports& inputs);

}  // namespace hashloom::engine
