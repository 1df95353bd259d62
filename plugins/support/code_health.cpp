#include "code_health.hpp"

#include <ATen/ops/eye.h>
#include <ATen/ops/ones_like.h>
#include <ATen/ops/where.h>
#include <fmt/format.h>

#include <hashloom/codes.hpp>

namespace hashloom::support {
namespace {

constexpr double kTooCorrelated = 0.35;
constexpr double kFrozen = 0.002;
constexpr int64_t kFewestCodes = 16;
constexpr int64_t kItemsPerCode = 100;

double mean_absolute_correlation(const Tensor& bits) {
  const int64_t k = bits.size(1);
  if (k < 2) return 0;
  const Tensor x = bits.to(at::kDouble), centred = x - x.mean(0);
  const Tensor covariance = centred.t().matmul(centred), scale = covariance.diagonal().sqrt();
  const Tensor products = scale.unsqueeze(1) * scale.unsqueeze(0);
  const Tensor correlation = at::where(products > 0, covariance.abs() / products, at::ones_like(products));
  return (correlation.sum() - correlation.diagonal().sum()).item().toDouble() / static_cast<double>(k * (k - 1));
}

bool few_codes(const CodeHealth& health) {
  return health.items >= kItemsPerCode && health.distinct < std::min(kFewestCodes, health.items / 2);
}

Trouble collapsed(const CodeHealth& health) {
  return {"codes collapse",
          fmt::format("mean correlation of bits {:.2f} (0.15 to 0.25 is healthy), {} distinct codes of {} images",
                      health.correlation, health.distinct, health.items),
          "lower gamma (0.5 is usual), or use margin: graded"};
}

Trouble coarsened(const CodeHealth& health) {
  return {
      "codes coarsen",
      fmt::format("{} distinct codes of {} images, {} before", health.distinct, health.items, health.distinct_before),
      "fewer rounds, fewer epochs of the network, or margin: graded"};
}

Trouble frozen(const CodeHealth& health) {
  return {"codes freeze", fmt::format("{:.2f} % of the bits changed", 100 * health.changed),
          "stop earlier (until: {changed_bits: 0.02}), or raise the network's learning_rate"};
}

}  // namespace

CodeHealth examine(const Tensor& bits, const Tensor& before) {
  const Codes now = Codes::pack(bits), then = Codes::pack(before);
  return {.items = now.items(),
          .distinct = now.distinct(),
          .distinct_before = then.distinct(),
          .correlation = mean_absolute_correlation(bits.cpu()),
          .changed = now.changed_since(then)};
}

std::vector<Trouble> troubles(const CodeHealth& health, int64_t round) {
  std::vector<Trouble> found;
  if (health.correlation > kTooCorrelated || few_codes(health))
    found.push_back(collapsed(health));
  else if (round > 1 && 2 * health.distinct < health.distinct_before)
    found.push_back(coarsened(health));
  if (round > 1 && health.changed < kFrozen) found.push_back(frozen(health));
  return found;
}

}  // namespace hashloom::support
