#include "pixels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <hashloom/errors.hpp>

#include "channels_last.hpp"

namespace hashloom::support {
namespace {

constexpr int64_t kHalvings = 8;  // 2 * 2 * 2

int64_t rounded_up(int64_t side) { return (side + kHalvings - 1) / kHalvings * kHalvings; }

}  // namespace

Tensor to_floats(const Tensor& pixels) { return pixels.to(at::kFloat).mul_(1.0 / 127.5).sub_(1.0); }

ImageSpec canvas_of(const ImageSpec& spec) {
  if (std::max(spec.height, spec.width) > kLargestSide)
    throw ParameterError(fmt::format("images of {} x {} pixels are too large for this network, which takes {} x {}",
                                     spec.height, spec.width, kLargestSide, kLargestSide),
                         "choose a smaller size in the dataset stage");
  return {spec.channels, rounded_up(spec.height), rounded_up(spec.width), spec.fit};
}

Tensor to_canvas(const Tensor& images) {
  const int64_t height = images.size(2), width = images.size(3);
  const int64_t down = rounded_up(height) - height, across = rounded_up(width) - width;
  const int64_t top = down / 2, left = across / 2;
  Tensor canvases = channels_last({images.size(0), images.size(1), height + down, width + across}, images.options());
  canvases.fill_(-1).narrow(2, top, height).narrow(3, left, width).copy_(images);
  return canvases;
}

Tensor from_canvas(const Tensor& canvases, const ImageSpec& spec) {
  const int64_t top = (canvases.size(2) - spec.height) / 2, left = (canvases.size(3) - spec.width) / 2;
  return canvases.narrow(2, top, spec.height).narrow(3, left, spec.width).contiguous();
}

}  // namespace hashloom::support
