#include "sample_sheet.hpp"

#include <ATen/ops/full.h>

#include <algorithm>

namespace hashloom {
namespace {

constexpr int64_t kLine = 1;  // pixels between pictures
constexpr int64_t kWhite = 255;

int64_t wide_gap(int64_t width) { return std::max<int64_t>(4, width / 3); }

}  // namespace

SampleSheet::SampleSheet(int64_t rows, int64_t left, int64_t right, at::IntArrayRef picture)
    : left_(left), height_(picture[1]), width_(picture[2]) {
  const int64_t columns = left + right;
  canvas_ =
      at::full({picture[0], rows * (height_ + kLine) + kLine, columns * (width_ + kLine) + kLine + wide_gap(width_)},
               kWhite, at::kByte);
}

void SampleSheet::put(int64_t row, int64_t column, const Tensor& picture) {
  const int64_t top = kLine + row * (height_ + kLine);
  const int64_t side = kLine + column * (width_ + kLine) + (column < left_ ? 0 : wide_gap(width_));
  canvas_.narrow(1, top, height_).narrow(2, side, width_).copy_(picture);
}

Tensor SampleSheet::pixels(int64_t scale) const {
  const Tensor large = canvas_.repeat_interleave(scale, 1).repeat_interleave(scale, 2);
  return large.size(0) == 1 ? large[0].contiguous() : large.permute({1, 2, 0}).contiguous();
}

}  // namespace hashloom
