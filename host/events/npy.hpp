#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <variant>
#include <vector>

namespace hashloom::events {

/// A matrix as NumPy's .npy files (format 1.0) hold it: row-major, little-endian.
struct NpyMatrix {
  int64_t rows = 0, columns = 0;
  std::variant<std::vector<uint8_t>, std::vector<uint64_t>, std::vector<float>> values;  ///< rows * columns
};

/// The bytes of a file that numpy.load reads. Throws std::invalid_argument unless there are rows * columns values.
std::vector<std::byte> npy(std::span<const uint8_t> values, int64_t rows, int64_t columns);
std::vector<std::byte> npy(std::span<const uint64_t> values, int64_t rows, int64_t columns);
std::vector<std::byte> npy(std::span<const float> values, int64_t rows, int64_t columns);

/// Reads uint8, uint64 and float32 matrices. Throws std::runtime_error with the reason for anything else.
NpyMatrix from_npy(std::span<const std::byte> file);

}  // namespace hashloom::events
