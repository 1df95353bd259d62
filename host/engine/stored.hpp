#pragma once
#include <cache/cache.hpp>
#include <engine/values.hpp>

namespace hashloom::engine {

/// What the cache keeps of a stage: features and codes, the state that made them (weights, optimiser), so that a later
/// round can go on from it, and the files that its events name.
struct Stored {
  Ports outputs;
  std::map<std::string, Tensor> state;
  std::map<std::string, Tensor> blobs;  ///< by file name, uint8 [bytes]
};

store::TensorFile to_file(const Stored& stored);
/// Throws store::CorruptFile for a file that to_file() did not make.
Stored stored_from(const store::TensorFile& file);

}  // namespace hashloom::engine
