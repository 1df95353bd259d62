#pragma once
#include <cache/cache.hpp>
#include <engine/machine.hpp>
#include <plugins/components.hpp>
#include <set>
#include <workflow/workflow.hpp>

namespace hashloom::engine {

/// What a run would do with a stage, or with a loop's stage or observer in one round.
struct PlannedTask {
  std::string stage, uses;
  std::string loop;   ///< empty outside of loops
  int64_t round = 0;  ///< 0 outside of loops and before round 1
  bool is_cached = false;
  std::string why;     ///< it would run; empty if it is cached
  double seconds = 0;  ///< that it took when it was made; 0 if it was not
  int64_t bytes = 0;   ///< in the cache
};

/// A loop whose next rounds depend on what has still to be computed.
struct OpenLoop {
  std::string loop;
  int64_t from_round = 0, to_round = 0;  ///< planned as round `from_round` - 1, unless codes settle before
};

struct Plan {
  std::vector<PlannedTask> tasks;  ///< in the order in which they would run one by one
  std::vector<OpenLoop> open_loops;
};

/// What `run` would take from the cache and what it would compute, and why. Computes nothing; of the cache it reads
/// records, and codes that tell where a loop ends. Throws PluginError, and what a component's constructor throws.
Plan plan(const workflow::Workflow& workflow, const Machine& machine, plugins::Components& components,
          const cache::Cache& cache, const std::set<std::string>& forced);

}  // namespace hashloom::engine
