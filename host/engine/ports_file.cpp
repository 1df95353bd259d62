#include <engine/ports_file.hpp>
#include <hashloom/state.hpp>
#include <nlohmann/json.hpp>

namespace hashloom::engine {
namespace {

bool shared(const Splits<Tensor>& splits) { return splits.database.is_same(splits.train); }
bool shared(const Splits<Codes>& splits) { return splits.database.words().data() == splits.train.words().data(); }

template <class T>
void visit(State& s, const std::string& port, Splits<T>& splits, bool database_is_train) {
  s(port + "/train", splits.train)(port + "/query", splits.query);
  if (!database_is_train)
    s(port + "/database", splits.database);
  else
    splits.database = splits.train;
}

template <class T>
nlohmann::json save(State& s, const std::string& port, const Value& value) {
  auto splits = value.as<Splits<T>>();
  const bool database_is_train = shared(splits);
  visit(s, port, splits, database_is_train);
  return {{"type", value.type}, {"key", value.key}, {"database_is_train", database_is_train}};
}

template <class T>
Value load(State& s, const std::string& port, const nlohmann::json& note) {
  Splits<T> splits;
  visit(s, port, splits, note.at("database_is_train"));
  return {splits, note.at("type"), note.at("key")};
}

}  // namespace

store::TensorFile to_file(const Ports& ports) {
  State s;
  auto notes = nlohmann::json::object();
  for (const auto& [name, value] : ports) {
    if (value.type == port::kFeatures)
      notes[name] = save<Tensor>(s, name, value);
    else if (value.type == port::kCodes)
      notes[name] = save<Codes>(s, name, value);
    else
      throw std::logic_error("values of type " + value.type + " are not stored");
  }
  return {s.tensors(), {{"ports", notes.dump()}}};
}

Ports ports_from(const store::TensorFile& file) {
  try {
    Ports ports;
    State s(file.tensors);
    const auto notes = nlohmann::json::parse(file.notes.at("ports"));
    for (const auto& [name, note] : notes.items())
      ports[name] = note.at("type") == port::kFeatures ? load<Tensor>(s, name, note) : load<Codes>(s, name, note);
    return ports;
  } catch (const std::exception& error) {
    throw store::CorruptFile(std::string("not stored results: ") + error.what());
  }
}

}  // namespace hashloom::engine
