#pragma once
#include <engine/machine.hpp>
#include <engine/roles.hpp>
#include <optional>

namespace hashloom::engine {

/// The content key of what a stage gives, hex: a SHA-256 over component, library, SDK ABI, parameters, the keys of what
/// came in, hashes of the files that the parameters name, threads, precision, instruction set, device kind, LibTorch
/// and, if the stage asks for random numbers, the seed. A stage that never asked has a key without seed, so that runs
/// of other seeds share its results.
std::string key_of(const Worker& worker, const Ports& inputs, const Machine& machine, std::optional<uint64_t> seed);

}  // namespace hashloom::engine
