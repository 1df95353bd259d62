#pragma once
#include <engine/bindings.hpp>
#include <engine/job.hpp>

namespace hashloom::engine {

/// Runs a loop to its end, from where the ledger says, and binds its carried values. Throws RunFailed, Stopped.
void run_loop(Job& job, const workflow::Loop& loop, Bindings& bindings);

}  // namespace hashloom::engine
