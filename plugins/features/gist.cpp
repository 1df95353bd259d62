#include <ATen/ops/cat.h>
#include <ATen/ops/constant_pad_nd.h>
#include <fmt/format.h>

#include <hashloom/plugin.hpp>

#include "fourier.hpp"
#include "gabor.hpp"
#include "prefilter.hpp"
using namespace hashloom;

namespace {

int64_t kImagesAtOnce =
    getenv("GCH") ? atoi(getenv("GCH")) : 32;  // so that the work of a filter stays in a core's cache

/// uint8 [n, C, H, W] -> float32 [n, size, size].
Tensor grey(const Tensor& images, int64_t size) {
  Tensor x = images.to(at::kFloat).mean(1, true);
  if (images.size(2) == size && images.size(3) == size) return x.squeeze(1);
  const int64_t dy = size - images.size(2), dx = size - images.size(3);
  return at::constant_pad_nd(x, {dx / 2, dx - dx / 2, dy / 2, dy - dy / 2}).squeeze(1);
}

/// Each image stretched to 0 to 255; one without contrast becomes 0.
Tensor stretched(const Tensor& x) {
  const Tensor low = x.amin({1, 2}, true), range = x.amax({1, 2}, true) - low;
  return (x - low) * (255 / range.clamp_min(1e-6));
}

}  // namespace

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
      : size_(p.integer("size")),
        grid_(p.integer("grid")),
        prefilter_(size_, p.number("fc")),
        bank_(gist::gabor_bank(p.integers("orientations"), padded(p))) {
    const int64_t n = padded(p), margin = p.integer("boundary");
    analysis_ =
        fourier::waves(n, -1).t().matmul(fourier::mirror(size_, margin).to(at::kComplexDouble)).to(at::kComplexFloat);
    synthesis_ = (fourier::waves(n, 1).narrow(0, margin, size_) / n).to(at::kComplexFloat);
  }

  Tensor features(const Tensor& images) const override {
    std::vector<Tensor> parts;
    for (int64_t begin = 0; begin < images.size(0); begin += kImagesAtOnce)
      parts.push_back(describe(images.slice(0, begin, begin + kImagesAtOnce)));
    return at::cat(parts);
  }

 private:
  static int64_t padded(const Params& p) { return p.integer("size") + 2 * p.integer("boundary"); }

  Tensor describe(const Tensor& images) const {
    const Tensor spectra = spectrum(prefilter_(stretched(grey(images, size_))));
    std::vector<Tensor> energies;
    for (const auto& filter : bank_) energies.push_back(energy(filter, spectra));
    return at::cat(energies, 1);
  }

  /// [n, size, size] -> complex [frequency, n, frequency]: vertical, image, horizontal.
  Tensor spectrum(const Tensor& x) const {
    const int64_t n = x.size(0), frequencies = analysis_.size(0);
    const Tensor columns = x.transpose(0, 1).reshape({size_, n * size_}).to(at::kComplexFloat);
    return analysis_.matmul(columns)
        .view({frequencies * n, size_})
        .matmul(analysis_.t())
        .view({frequencies, n, frequencies});
  }

  /// -> [n, grid * grid].
  Tensor energy(const gist::GaborFilter& f, const Tensor& spectra) const {
    const int64_t n = spectra.size(1), cell = size_ / grid_;
    const Tensor filtered = spectra.narrow(0, f.row, f.rows).narrow(2, f.column, f.columns) * f.gains;
    const Tensor rows = synthesis_.narrow(1, f.row, f.rows).matmul(filtered.view({f.rows, n * f.columns}));
    const Tensor response = rows.view({size_ * n, f.columns}).matmul(synthesis_.narrow(1, f.column, f.columns).t());
    const Tensor cells = response.abs().view({grid_, cell, n, grid_, cell}).mean({1, 4});
    return cells.transpose(0, 1).reshape({n, grid_ * grid_});
  }

  int64_t size_, grid_;
  gist::Prefilter prefilter_;
  std::vector<gist::GaborFilter> bank_;
  Tensor analysis_;   ///< complex64 [frequencies, size]: the transform of a line mirrored by the boundary
  Tensor synthesis_;  ///< complex64 [size, frequencies]: back to the pixels within the boundary
};
HASHLOOM_PLUGIN("gist", "1.0.0", component<Gist>("feature/gist"))
