#pragma once
#include <engine/values.hpp>
#include <workflow/workflow.hpp>

namespace hashloom::engine {

/// A stage's work in one round, as the ledger and errors name it.
struct Task {
  const workflow::Stage* stage = nullptr;
  int64_t round = 0;  ///< 0 outside of loops and before round 1
  Ports inputs;

  std::string unit() const;  ///< "gist"; "pgh/2/gan" in a loop
  std::string path() const;  ///< "gist"; "pgh/gan" in a loop: what seeds are made from
  /// The unit whose weights this one goes on from; empty if it begins anew.
  std::string previous() const;
};

}  // namespace hashloom::engine
