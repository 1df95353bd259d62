#pragma once
#include <cstdint>
#include <string>

namespace hashloom::engine {

/// A seed that depends on what is computed and never on the order of execution: from the run's seed, the stage's path
/// ("gist", "pgh/gan"), the round (0 outside of loops) and the epoch (0 outside of epochs).
uint64_t seed_for(uint64_t run_seed, const std::string& path, int64_t round, int64_t epoch);

}  // namespace hashloom::engine
