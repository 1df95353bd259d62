#include <engine/bindings.hpp>
#include <stdexcept>

namespace hashloom::engine {

void Bindings::set(const std::string& node, Ports ports) {
  const std::lock_guard lock(mutex_);
  nodes_[node] = std::move(ports);
}

void Bindings::set_previous(const std::string& node, Ports ports) {
  const std::lock_guard lock(mutex_);
  previous_[node] = std::move(ports);
}

Value Bindings::get(const workflow::PortRef& ref) const {
  const std::lock_guard lock(mutex_);
  const auto& nodes = ref.previous ? previous_ : nodes_;
  const auto node = nodes.find(ref.node);
  if (node != nodes.end())
    if (const auto port = node->second.find(ref.port); port != node->second.end()) return port->second;
  throw std::logic_error("nothing has been computed for " + ref.node + "." + ref.port);
}

Ports Bindings::inputs_of(const workflow::Stage& stage) const {
  Ports inputs;
  for (const auto& [port, refs] : stage.inputs)
    for (size_t i = 0; i < refs.size(); ++i) inputs[i == 0 ? port : port + "." + std::to_string(i + 1)] = get(refs[i]);
  return inputs;
}

Ports Bindings::all(const std::map<std::string, workflow::PortRef>& refs) const {
  Ports values;
  for (const auto& [name, ref] : refs) values[name] = get(ref);
  return values;
}

}  // namespace hashloom::engine
