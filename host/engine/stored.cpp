#include <engine/ports_file.hpp>
#include <engine/stored.hpp>

namespace hashloom::engine {
namespace {

constexpr std::string_view kState = ".state/", kBlob = ".blob/";

bool can_be_stored(const Value& value) { return value.type == port::kFeatures || value.type == port::kCodes; }

void add(store::TensorFile& file, std::string_view prefix, const std::map<std::string, Tensor>& tensors) {
  for (const auto& [name, tensor] : tensors) file.tensors[std::string(prefix) + name] = tensor;
}

}  // namespace

store::TensorFile to_file(const Stored& stored) {
  Ports kept;
  for (const auto& [port, value] : stored.outputs)
    if (can_be_stored(value)) kept[port] = value;
  auto file = to_file(kept);
  add(file, kState, stored.state);
  add(file, kBlob, stored.blobs);
  return file;
}

Stored stored_from(const store::TensorFile& file) {
  Stored stored{ports_from(file), {}, {}};
  for (const auto& [name, tensor] : file.tensors) {
    if (name.starts_with(kState)) stored.state[name.substr(kState.size())] = tensor;
    if (name.starts_with(kBlob)) stored.blobs[name.substr(kBlob.size())] = tensor;
  }
  return stored;
}

}  // namespace hashloom::engine
