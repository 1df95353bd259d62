#pragma once
#include <functional>
#include <hashloom/roles.hpp>
#include <hashloom/schema.hpp>
#include <map>
#include <memory>
#include <string>
#include <variant>

namespace hashloom::engine {

/// What a port carries. Features and labels are both Splits<Tensor>; the port's type tells them apart.
using Held = std::variant<Splits<ImagesPtr>, Splits<Tensor>, Splits<Codes>, GeneratorPtr>;

/// A value on a port, there already or made when first asked for: a run that finds its results in the cache so reads no
/// data that nothing computes with. Copies share what is held.
class Value {
 public:
  Value() = default;
  Value(Held held, std::string type, std::string key = {});
  static Value later(std::function<Held()> make, std::string type, std::string key);

  /// May be called from several threads; throws what making it throws.
  const Held& held() const;
  template <class T>
  const T& as() const {
    return std::get<T>(held());
  }
  bool is_made() const;

  std::string type;  ///< port::k...
  std::string key;   ///< of its content: of the stage that made it, and the port

 private:
  struct Cell;
  std::shared_ptr<Cell> cell_;
};

/// Values by port name: a stage's inputs or outputs.
using Ports = std::map<std::string, Value>;

/// "images: train 10000, query 1000, database = train, 1x28x28 uint8; codes: ...", for messages. Makes nothing.
std::string describe(const Ports& ports);

/// The training split of every value. Throws std::logic_error if labels are among them (load() refuses such workflows).
TrainingInputs training_inputs(const Ports& inputs);
EvaluationInputs evaluation_inputs(const Ports& inputs);

}  // namespace hashloom::engine
