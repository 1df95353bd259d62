#pragma once
#include <hashloom/tensor.hpp>

namespace hashloom {

/// A sheet of small pictures: rows of `left` cells, a wide gap, and `right` cells. Empty cells and gaps are white.
class SampleSheet {
 public:
  /// Pictures of [channels, height, width] pixels, 1 or 3 channels.
  SampleSheet(int64_t rows, int64_t left, int64_t right, at::IntArrayRef picture);

  /// `picture` is uint8 of the sheet's picture size; columns count through the left and on to the right.
  void put(int64_t row, int64_t column, const Tensor& picture);

  /// Each pixel shown as scale x scale: uint8 [H, W], or [H, W, 3] in colour.
  Tensor pixels(int64_t scale) const;

 private:
  int64_t left_, height_, width_;
  Tensor canvas_;  // uint8 [C, H, W]
};

}  // namespace hashloom
