#pragma once
#include <engine/bindings.hpp>
#include <engine/job.hpp>

namespace hashloom::engine {

/// Runs a loop to its end, from where the ledger says, and binds its carried values; at most `limit` of its stages side
/// by side, the observers of a round beside the stages of the next one. Throws RunFailed, Stopped.
void run_loop(Job& job, const workflow::Loop& loop, Bindings& bindings, int64_t limit);

}  // namespace hashloom::engine
