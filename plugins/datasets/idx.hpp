#pragma once
#include <filesystem>
#include <hashloom/tensor.hpp>
#include <string>

namespace hashloom::idx {

/// Reads an IDX file of bytes (yann.lecun.com/exdb/mnist), plain or gzip: two zeros, the type (8: bytes), the number of
/// dimensions, each dimension's size as a big-endian 32-bit number, then the bytes, row-major. Returns uint8 on the
/// CPU. Throws DataError with `remedy` if the file is missing, named .gz but not gzip, truncated, damaged, longer than
/// its header says, or not of bytes in `dimensions` dimensions. Allocates no more than a file of that length can hold.
Tensor read(const std::filesystem::path& file, int dimensions, const std::string& remedy);

}  // namespace hashloom::idx
