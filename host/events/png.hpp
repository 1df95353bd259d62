#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace hashloom::events {

/// A PNG file of height x width pixels, row-major, 1 (grey) or 3 (red, green, blue) bytes each; the same bytes for the
/// same pixels. Throws std::invalid_argument where the sizes don't fit, std::runtime_error where libpng fails.
std::vector<std::byte> png(std::span<const uint8_t> pixels, int width, int height, int channels);

struct Pixels {
  std::vector<uint8_t> rgba;  ///< height x width, row-major: red, green, blue, opacity
  int width = 0, height = 0;
};

/// Any PNG file. Throws std::runtime_error with the reason where it is damaged or larger than 16,384 pixels a side.
Pixels from_png(std::span<const std::byte> file);

}  // namespace hashloom::events
