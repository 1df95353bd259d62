#pragma once
#include <engine/machine.hpp>
#include <engine/roles.hpp>
#include <nlohmann/json.hpp>
#include <optional>

namespace hashloom::engine {

/// What a stage's results depend on besides a seed, by name: component, library, SDK, parameters, the keys of what came
/// in, hashes of the files that the parameters name, threads, precision, instruction set, device kind and LibTorch; in
/// a loop also the round and, where weights are kept, the stage's key of the round before (`previous`, else empty).
nlohmann::json key_parts(const Worker& worker, const Ports& inputs, const Machine& machine, int64_t round,
                         const std::string& previous);

/// The content key, hex: a SHA-256 over the parts and, if the stage asks for random numbers, its seed. A stage that
/// never asked has a key without seed, so that runs of other seeds share its results.
std::string key_from(nlohmann::json parts, std::optional<uint64_t> seed);

/// The key of something that is not the same when made again; nothing made from it is looked for in the cache.
std::string key_of_one_time();
bool is_one_time(const std::string& key);

}  // namespace hashloom::engine
