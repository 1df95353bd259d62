#include "pgh_loss.hpp"

using namespace hashloom;

namespace {

/// Row i, column j: how many bits of codes i and j differ.
Tensor hamming_distances(const Tensor& codes) {
  const Tensor signs = codes.to(at::kFloat) * 2 - 1;
  return (signs.matmul(signs.t()) - codes.size(1)) * -0.5;
}

Tensor margins(const Tensor& distances, int64_t bits, const PghLossOptions& options) {
  if (options.margin == PghLossOptions::Margin::graded) return distances * options.graded_margin;
  return (distances * 0) + options.gamma * static_cast<double>(bits);
}

Tensor triplet_loss(const Tensor& real, const Tensor& synthetic, const Tensor& codes, const PghLossOptions& options) {
  const Tensor distances = hamming_distances(codes);
  const Tensor apart = (real.unsqueeze(1) - synthetic.unsqueeze(0)).abs().sum(-1);  // [anchor, synthetic]
  const Tensor own = apart.diagonal().unsqueeze(1);
  const Tensor hinge = (margins(distances, codes.size(1), options) - apart + own).clamp_min(0);
  const Tensor counts = (distances > 0).to(real.scalar_type());
  const Tensor negatives = counts.sum(1), anchors = (negatives > 0).sum().clamp_min(1);
  return ((hinge * counts).sum(1) / negatives.clamp_min(1)).sum() / anchors;
}

Tensor distance_to_own_bits(const Tensor& outputs) {
  const Tensor bits = (outputs.detach() > 0.5).to(outputs.scalar_type());
  return (outputs - bits).square().sum(1).mean();
}

}  // namespace

PghLoss pgh_loss(const Tensor& real, const Tensor& synthetic, const Tensor& codes, const PghLossOptions& options) {
  const Tensor triplet = triplet_loss(real, synthetic, codes, options);
  const Tensor quantisation = distance_to_own_bits(real) + distance_to_own_bits(synthetic);
  return {triplet + quantisation * options.quantisation, triplet, quantisation};
}
