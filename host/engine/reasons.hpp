#pragma once
#include <cache/record.hpp>
#include <string>
#include <vector>

namespace hashloom::engine {

/// What a stage would be made from now.
struct Wanted {
  std::string workflow, path;
  uint64_t seed = 0;     ///< of the run
  nlohmann::json parts;  ///< as key_parts() gives them; the key of an input that is made anew is empty
};

/// Why the cache has no result for it, from what it has: "never run", "bits changed from 32 to 64; plugin rebuilt".
/// It is compared with the result of the same stage and round that was used last, in this workflow rather than another.
std::string why_to_run(const Wanted& wanted, const std::vector<cache::Record>& records);

}  // namespace hashloom::engine
