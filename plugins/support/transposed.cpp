#include "transposed.hpp"

#include <ATen/autocast_mode.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/conv_transpose2d.h>

#include <cstring>
#include <hashloom/train.hpp>

#include "channels_last.hpp"

namespace hashloom::support {
namespace {

constexpr int64_t kSide = 4, kTaps = kSide * kSide;
constexpr int64_t kPixelsForPhases = 64;  // smaller maps: their border, computed in vain, costs more than it gains

/// Adds one row of taps [w, 4 rows of the kernel, 4, c], of which `taps` is one row of the kernel, to a row of
/// 2 w + 2 pixels. The halves of a kernel's row are added apart: within a half no two taps meet.
template <int kChannels>
void add_taps(const float* taps, int64_t width, float* row) {
  constexpr int kHalf = kSide / 2 * kChannels;
  for (int half = 0; half < 2; ++half)
    for (int64_t x = 0; x < width; ++x)
      for (int i = 0; i < kHalf; ++i) row[(x + half) * kHalf + i] += taps[x * kTaps * kChannels + half * kHalf + i];
}

/// taps [n, h, w, 4, 4, c] -> images [n, 2h, 2w, c]: row y has the kernel's rows ky of the maps' rows (y + 1 - ky) / 2.
template <int kChannels>
void overlap(const float* taps, at::IntArrayRef maps, float* images) {
  const int64_t count = maps[0], height = maps[2], width = maps[3];
  constexpr int64_t kPixel = kTaps * kChannels;
  std::vector<float> row((2 * width + 2) * kChannels);
  for (int64_t n = 0; n < count; ++n)
    for (int64_t y = 0; y < 2 * height; ++y) {
      std::ranges::fill(row, 0.0F);
      for (int64_t ky = (y + 1) % 2; ky < kSide; ky += 2) {
        const int64_t from = (y + 1 - ky) / 2;
        if (y + 1 < ky || from >= height) continue;
        add_taps<kChannels>(taps + (n * height + from) * width * kPixel + ky * kSide * kChannels, width, row.data());
      }
      images = std::copy(row.begin() + kChannels, row.end() - kChannels, images);
    }
}

Tensor doubled(const Tensor& maps, int64_t channels, at::ScalarType type) {
  return channels_last({maps.size(0), channels, 2 * maps.size(2), 2 * maps.size(3)}, maps.options().dtype(type));
}

Tensor by_taps(const Tensor& maps, const Tensor& kernel) {
  const int64_t channels = kernel.size(1);
  const Tensor rows = maps.permute({0, 2, 3, 1}).to(at::kFloat).reshape({-1, maps.size(1)});
  const Tensor columns = kernel.permute({0, 2, 3, 1}).to(at::kFloat).reshape({kernel.size(0), kTaps * channels});
  const Tensor taps = rows.matmul(columns);
  const Tensor images = doubled(maps, channels, at::kFloat);
  const auto add = channels == 1 ? overlap<1> : overlap<3>;
  add(taps.const_data_ptr<float>(), maps.sizes(), images.mutable_data_ptr<float>());
  return images;
}

/// [C, c, 4, 4] -> [4c, C, 2, 2], channels last: place (a, b) of a pixel takes the kernel's rows 3 - a and 1 - a,
/// columns 3 - b and 1 - b.
Tensor kernel_of_phases(const Tensor& kernel) {
  const int64_t from = kernel.size(0), to = kernel.size(1);
  const Tensor flipped = kernel.flip({2, 3}).view({from, to, 2, 2, 2, 2});  // row: tap, place; column: tap, place
  const Tensor phases = flipped.permute({3, 5, 1, 0, 2, 4}).reshape({4 * to, from, 2, 2});
  return channels_last(phases.sizes(), phases.options()).copy_(phases);
}

/// phases [n, h + 1, w + 1, 2, 2, pixel] -> [n, 2h, 2w, pixel]: row y = 2 i + a is from row i + a.
void interleave(const std::byte* phases, at::IntArrayRef maps, size_t pixel, std::byte* to) {
  const int64_t count = maps[0], height = maps[2], width = maps[3];
  for (int64_t n = 0; n < count; ++n)
    for (int64_t y = 0; y < 2 * height; ++y)
      for (int64_t x = 0; x < 2 * width; ++x, to += pixel) {
        const int64_t place = (n * (height + 1) + (y + 1) / 2) * (width + 1) + (x + 1) / 2;
        std::memcpy(to, phases + (place * 4 + y % 2 * 2 + x % 2) * pixel, pixel);
      }
}

Tensor by_phases(const Tensor& maps, const Tensor& kernel) {
  const int64_t channels = kernel.size(1);
  const Tensor last = maps.contiguous(at::MemoryFormat::ChannelsLast);
  const Tensor phases = at::conv2d(last, kernel_of_phases(kernel), {}, 1, 1).contiguous(at::MemoryFormat::ChannelsLast);
  const Tensor result = doubled(maps, channels, phases.scalar_type());
  interleave(static_cast<const std::byte*>(phases.const_data_ptr()), maps.sizes(), channels * phases.element_size(),
             static_cast<std::byte*>(result.mutable_data_ptr()));
  return result;
}

}  // namespace

Tensor transposed(const Tensor& maps, const Tensor& kernel) {
  const at::NoGradGuard no_gradient;
  const Autocast as_given(maps.device().type(), /*bf16=*/false);
  const bool to_image = kernel.size(1) == 1 || kernel.size(1) == 3;
  if (to_image) return by_taps(maps, kernel);
  if (maps.size(2) * maps.size(3) >= kPixelsForPhases) return by_phases(maps, kernel);
  return at::conv_transpose2d(maps, kernel, {}, 2, 1);
}

}  // namespace hashloom::support
