#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace hashloom::events {

/// A PNG file of height x width pixels, row-major, 1 (grey) or 3 (red, green, blue) bytes each; the same bytes for the
/// same pixels. Throws std::invalid_argument where the sizes don't fit, std::runtime_error where libpng fails.
std::vector<std::byte> png(std::span<const uint8_t> pixels, int width, int height, int channels);

}  // namespace hashloom::events
