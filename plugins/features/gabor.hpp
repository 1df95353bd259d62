#pragma once
#include <hashloom/tensor.hpp>
#include <vector>

namespace hashloom::gist {

/// Where a filter's transfer function is not next to nothing: a rectangle of the centred spectrum.
struct GaborFilter {
  int64_t row, rows, column, columns;
  Tensor gains;  ///< complex64 [rows, 1, columns], real
};

/// The Gabor bank of Oliva and Torralba's descriptor for transforms of n x n: orientations[s] filters for scale s,
/// whose centre frequency is 0.3 / 1.85^s cycles a pixel.
std::vector<GaborFilter> gabor_bank(const std::vector<int64_t>& orientations, int64_t n);

}  // namespace hashloom::gist
