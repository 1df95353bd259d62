#pragma once
#include <engine/job.hpp>
#include <engine/roles.hpp>

namespace hashloom::engine {

/// Runs a stage outside of loops, an evaluator included; takes its results from the cache where they are. A stage that
/// the ledger has as done says nothing and is only made available again. Throws RunFailed, Stopped.
Ports run_stage(Job& job, const workflow::Stage& stage, const Ports& inputs);

/// Runs a loop's stage in one round: goes on from the weights of the round before (unless `fresh`), from the epoch
/// saved last, or, where the round's work is done, from its state. Throws RunFailed, Stopped.
Ports run_loop_stage(Job& job, const workflow::Stage& stage, int64_t round, const Ports& inputs);

/// Runs a loop's observer after `round`, unless it is done.
void observe(Job& job, const workflow::Stage& stage, int64_t round, const Ports& inputs);

/// "pgh/2/gan": a loop's stage or observer in one round, as the ledger names it.
std::string unit_of(const workflow::Stage& stage, int64_t round);

}  // namespace hashloom::engine
