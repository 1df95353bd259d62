#pragma once
#include <engine/values.hpp>
#include <store/tensor_file.hpp>

namespace hashloom::engine {

/// Features and codes as tensors "PORT/SPLIT"; a database that is the training split is stored once. Throws
/// std::logic_error for other types.
store::TensorFile to_file(const Ports& ports);

/// What to_file() made. Throws store::CorruptFile if it is something else.
Ports ports_from(const store::TensorFile& file);

}  // namespace hashloom::engine
