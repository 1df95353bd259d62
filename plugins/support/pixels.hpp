#pragma once
#include <hashloom/images.hpp>

namespace hashloom::support {

/// uint8 [n, C, H, W] -> float32 in [-1, 1], 0 -> -1 and 255 -> 1.
Tensor to_floats(const Tensor& pixels);

/// The largest side that the networks take.
inline constexpr int64_t kLargestSide = 64;

/// The size at which the networks work, three halvings above a whole number: 28 -> 32.
/// Throws ParameterError if an image is larger than kLargestSide.
ImageSpec canvas_of(const ImageSpec& spec);

/// float32 [n, C, H, W] in [-1, 1] -> the same in the middle of a canvas of -1, channels last.
Tensor to_canvas(const Tensor& images);

/// The images in the middle of [n, C, H, W] canvases; undoes to_canvas.
Tensor from_canvas(const Tensor& canvases, const ImageSpec& spec);

}  // namespace hashloom::support
