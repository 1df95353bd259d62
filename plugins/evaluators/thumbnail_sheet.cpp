#include "thumbnail_sheet.hpp"

#include <ATen/ops/adaptive_avg_pool2d.h>
#include <ATen/ops/zeros.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <hashloom/errors.hpp>

namespace hashloom {
namespace {

constexpr int64_t kLargest = 32, kAtOnce = 256;

/// uint8 [n, C, H, W] -> the same with height x width pixels.
Tensor shrunk(const Tensor& images, int64_t height, int64_t width) {
  if (images.size(2) == height && images.size(3) == width) return images;
  return at::adaptive_avg_pool2d(images.to(at::kFloat), {height, width}).round().to(at::kByte);
}

}  // namespace

Tensor thumbnail_sheet(const Images& images, const Tensor& items) {
  const auto spec = images.spec();
  if (spec.channels != 1 && spec.channels != 3)
    throw ShapeError(fmt::format("a picture has 1 or 3 channels, these images have {}", spec.channels));
  const int64_t n = items.numel(), height = std::min(spec.height, kLargest), width = std::min(spec.width, kLargest);
  const auto columns = static_cast<int64_t>(std::ceil(std::sqrt(static_cast<double>(n))));
  const int64_t rows = (n + columns - 1) / columns;
  const Tensor cells = at::zeros({rows * columns, spec.channels, height, width}, at::kByte);
  for (int64_t begin = 0; begin < n; begin += kAtOnce) {
    const int64_t end = std::min(begin + kAtOnce, n);
    cells.slice(0, begin, end).copy_(shrunk(images.take(items.slice(0, begin, end)), height, width));
  }
  const Tensor sheet = cells.reshape({rows, columns, spec.channels, height, width})
                           .permute({0, 3, 1, 4, 2})
                           .reshape({rows * height, columns * width, spec.channels});
  return spec.channels == 1 ? sheet.squeeze(2).contiguous() : sheet.contiguous();
}

}  // namespace hashloom
