#pragma once
#include <engine/values.hpp>
#include <workflow/workflow.hpp>

namespace hashloom::engine {

/// What stages can read: the outputs of stages that ran, and the carried values of loops.
class Bindings {
 public:
  void set(const std::string& node, Ports ports) { nodes_[node] = std::move(ports); }
  /// What the stages of loop `node` read in the round that just ended.
  void set_previous(const std::string& node, Ports ports) { previous_[node] = std::move(ports); }

  /// Throws std::logic_error for what has not been set (the graph's order makes sure that it has).
  const Value& get(const workflow::PortRef& ref) const;
  /// A stage's inputs by port; the second and later of a repeated port are "PORT.2", "PORT.3", ...
  Ports inputs_of(const workflow::Stage& stage) const;
  Ports all(const std::map<std::string, workflow::PortRef>& refs) const;

 private:
  std::map<std::string, Ports> nodes_, previous_;
};

}  // namespace hashloom::engine
