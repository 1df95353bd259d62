#pragma once
#include <engine/values.hpp>
#include <mutex>
#include <workflow/workflow.hpp>

namespace hashloom::engine {

/// What stages can read: the outputs of stages that ran, and the carried values of loops. Used from any thread.
class Bindings {
 public:
  void set(const std::string& node, Ports ports);
  /// What the stages of loop `node` read in the round that just ended.
  void set_previous(const std::string& node, Ports ports);

  /// Throws std::logic_error for what has not been set (the graph's order makes sure that it has).
  Value get(const workflow::PortRef& ref) const;
  /// A stage's inputs by port; the second and later of a repeated port are "PORT.2", "PORT.3", ...
  Ports inputs_of(const workflow::Stage& stage) const;
  Ports all(const std::map<std::string, workflow::PortRef>& refs) const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, Ports> nodes_, previous_;
};

}  // namespace hashloom::engine
