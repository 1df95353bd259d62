#pragma once
#include <hashloom/tensor.hpp>

struct PghLossOptions {
  enum class Margin {
    constant,  ///< gamma k, the paper's
    graded,    ///< graded_margin times the Hamming distance of the two codes, so that near codes are not pushed apart
  };
  Margin margin = Margin::constant;
  double gamma = 0.5, graded_margin = 0.7;
  double quantisation = 0.01;  ///< weight of the quantisation
};

struct PghLoss {
  hashloom::Tensor total, triplet, quantisation;  ///< [], total = triplet + weight * quantisation
};

/// The triplet loss of PGH (Ma et al. 2018, step 3), relaxed. Anchor x_i with code b_i, positive G(z | b_i), negative
/// G(z | b_j):
/// - triplet: with d(i, j) = |H(x_i) - H(G(z | b_j))|, the mean over i and all j with b_j != b_i of
///   max(0, m_ij - d(i, j) + d(i, i))
/// - quantisation: the mean over i of |H(x_i) - its own bits|^2 + |H(G(z | b_i)) - its own bits|^2
/// Departs from the paper: every other synthetic image of the batch is a negative, not one.
/// real, synthetic: H's outputs float32 [n, k] in (0, 1) for the anchors and for one image of each anchor's code;
/// codes bool [n, k].
PghLoss pgh_loss(const hashloom::Tensor& real, const hashloom::Tensor& synthetic, const hashloom::Tensor& codes,
                 const PghLossOptions& options);
