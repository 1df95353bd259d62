#include <ATen/ops/_upsample_bilinear2d_aa.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/constant_pad_nd.h>
#include <ATen/ops/view_as_real.h>
#include <fmt/format.h>

#include <algorithm>
#include <hashloom/plugin.hpp>

#include "fourier.hpp"
#include "gabor.hpp"
#include "prefilter.hpp"
using namespace hashloom;

namespace {

/// So many that the work of a filter stays in a core's cache. Always this many, the last ones black where images are
/// fewer: sums over other shapes round otherwise, and a row must not depend on who came along.
constexpr int64_t kImagesAtOnce = 32;

Tensor filled_up(const Tensor& images) {
  return at::constant_pad_nd(images, {0, 0, 0, 0, 0, 0, 0, kImagesAtOnce - images.size(0)});
}

/// uint8 [n, C, H, W] -> float32 [n, size, size]: the mean of the channels, shrunk where larger, centred on black where
/// smaller.
Tensor grey(const Tensor& images, int64_t size) {
  Tensor x = images.to(at::kFloat).mean(1, true);
  const int64_t height = std::min(size, x.size(2)), width = std::min(size, x.size(3));
  if (height < x.size(2) || width < x.size(3)) x = at::_upsample_bilinear2d_aa(x, {height, width}, false);
  const int64_t above = (size - height) / 2, left = (size - width) / 2;
  return at::constant_pad_nd(x, {left, size - width - left, above, size - height - above}).squeeze(1);
}

/// Each image stretched to 0 to 255; one without contrast becomes 0.
Tensor stretched(const Tensor& x) {
  const Tensor low = x.amin({1, 2}, true), range = x.amax({1, 2}, true) - low;
  return (x - low) * (255 / range.clamp_min(1e-6));
}

/// Of complex numbers; twice as fast as abs(), which guards against squares that overflow.
Tensor magnitude(const Tensor& x) {
  const Tensor squares = at::view_as_real(x).square();
  return squares.select(-1, 0).add(squares.select(-1, 1)).sqrt_();
}

void check(const Params& p) {
  const int64_t size = p.integer("size"), grid = p.integer("grid");
  if (size % 2 != 0 || size % grid != 0)
    throw ParameterError(fmt::format("feature/gist: size is {}, grid is {}", size, grid),
                         "set size to an even multiple of grid");
  if (p.integers("orientations").empty())
    throw ParameterError("feature/gist: orientations is empty", "name the filters of each scale, such as [8, 8, 8, 8]");
}

}  // namespace

/// GIST (Oliva, Torralba 2001): images uint8 [n, C, H, W] -> features [n, filters * grid^2] float32, the mean magnitude
/// of each Gabor filter's response in each cell, by filter, then row, then column; not normalised. Grey, stretched to 0
/// to 255, prefiltered. Pictures smaller than `size` are centred on black: the 28 x 28 of MNIST lie in 32 x 32 with a
/// margin of 2. Transforms are matrix products: only the frequencies that a filter lets through and the pixels that are
/// kept are computed.
class Gist final : public Feature {
 public:
  static Schema schema() {
    return Schema("GIST: the energy of Gabor filters over a grid of cells, grey")
        .param("orientations", std::vector<int64_t>{8, 8, 8, 8}, between(1, 64),
               "filters of each scale, the finest first")
        .param("grid", 4, between(1, 64), "cells a side")
        .unit("cells")
        .param("fc", 4.0, between(0.5, 64), "cut of the prefilter")
        .unit("cycles per image")
        .param("size", 32, between(8, 512), "side to which images are brought")
        .unit("pixels")
        .param("boundary", 32, between(0, 512), "mirrored pixels around the image")
        .unit("pixels");
  }

  explicit Gist(const Params& p)
      : size_((check(p), p.integer("size"))),
        grid_(p.integer("grid")),
        prefilter_(size_, p.number("fc")),
        bank_(gist::gabor_bank(p.integers("orientations"), size_ + 2 * p.integer("boundary"))) {
    const int64_t margin = p.integer("boundary"), n = size_ + 2 * margin;
    const Tensor mirror = fourier::mirror(size_, margin).to(at::kComplexDouble);
    analysis_ = fourier::waves(n, -1).t().matmul(mirror).to(at::kComplexFloat);
    synthesis_ = (fourier::waves(n, 1).narrow(0, margin, size_) / n).to(at::kComplexFloat);
  }

  Tensor features(const Tensor& images) const override {
    std::vector<Tensor> parts;
    for (int64_t begin = 0; begin < images.size(0); begin += kImagesAtOnce)
      parts.push_back(energies(filled_up(images.slice(0, begin, begin + kImagesAtOnce))));
    return at::cat(parts).narrow(0, 0, images.size(0));
  }

 private:
  Tensor energies(const Tensor& images) const {
    const Tensor spectra = spectrum(prefilter_(stretched(grey(images, size_))));
    std::vector<Tensor> by_filter;
    for (const auto& filter : bank_) by_filter.push_back(energy(filter, spectra));
    return at::cat(by_filter, 1);
  }

  /// [n, size, size] -> complex64 [frequency, n, frequency]: vertical, image, horizontal.
  Tensor spectrum(const Tensor& x) const {
    const int64_t n = x.size(0), frequencies = analysis_.size(0);
    const Tensor analysis = analysis_.to(x.device());
    const Tensor columns = x.transpose(0, 1).reshape({size_, n * size_}).to(at::kComplexFloat);
    const Tensor vertical = analysis.matmul(columns).view({frequencies * n, size_});
    return vertical.matmul(analysis.t()).view({frequencies, n, frequencies});
  }

  /// -> [n, grid * grid].
  Tensor energy(const gist::GaborFilter& f, const Tensor& spectra) const {
    const int64_t n = spectra.size(1), cell = size_ / grid_;
    const Tensor gains = f.gains.to(spectra.device());
    const Tensor passed = spectra.narrow(0, f.row, f.rows).narrow(2, f.column, f.columns) * gains;
    const Tensor cells = magnitude(response(f, passed)).view({grid_, cell, n, grid_, cell}).mean({1, 4});
    return cells.transpose(0, 1).reshape({n, grid_ * grid_});
  }

  /// complex64 [frequency, n, frequency], those of the filter -> [size, n, size]. First along the axis on which the
  /// filter has more frequencies: what is left for the other is less.
  Tensor response(const gist::GaborFilter& f, const Tensor& passed) const {
    const int64_t n = passed.size(1);
    const Tensor back = synthesis_.to(passed.device());
    const Tensor down = back.narrow(1, f.row, f.rows), across = back.narrow(1, f.column, f.columns).t();
    if (f.rows > f.columns)
      return down.matmul(passed.view({f.rows, n * f.columns})).view({size_ * n, f.columns}).matmul(across);
    return down.matmul(passed.view({f.rows * n, f.columns}).matmul(across).view({f.rows, n * size_}));
  }

  int64_t size_, grid_;
  gist::Prefilter prefilter_;
  std::vector<gist::GaborFilter> bank_;
  Tensor analysis_;   ///< complex64 [frequencies, size]: the transform of a line mirrored by the boundary
  Tensor synthesis_;  ///< complex64 [size, frequencies]: back to the pixels within the boundary
};
HASHLOOM_PLUGIN("gist", "1.0.0", component<Gist>("feature/gist"))
