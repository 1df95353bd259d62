#include <ATen/ops/arange.h>
#include <ATen/ops/zeros.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <hashloom/plugin.hpp>

#include "items_by_code.hpp"

namespace hashloom {
namespace {

constexpr int64_t kItemsAtOnce = 16384;  // sums of as many ones are exact in float32

/// How often bits are set: together[i, j] items have both bit i and bit j, together[i, i] bit i. float64 [bits, bits].
Tensor together(const Codes& codes) {
  Tensor sum = at::zeros({codes.bits(), codes.bits()}, at::kDouble);
  for (int64_t begin = 0; begin < codes.items(); begin += kItemsAtOnce) {
    const int64_t end = std::min(begin + kItemsAtOnce, codes.items());
    const Tensor part = codes.unpack(at::arange(begin, end, at::kLong)).to(at::kFloat);
    sum += part.t().matmul(part);
  }
  return sum;
}

/// Mean over bits of -p log2 p - (1 - p) log2 (1 - p).
double entropy(const Tensor& p) {
  const Tensor bounded = p.clamp(1e-300, 1), rest = (1 - p).clamp(1e-300, 1);
  return -(p * bounded.log2() + (1 - p) * rest.log2()).mean().item<double>();
}

/// Mean over pairs of different bits of |Pearson's correlation|; a constant bit has none and is left out. 0 without a
/// pair.
double mean_absolute_correlation(const Tensor& joint, const Tensor& p) {
  const Tensor variance = p * (1 - p);
  const Tensor varying = variance.gt(0).nonzero().flatten();
  const int64_t bits = varying.numel();
  if (bits < 2) return 0;
  const Tensor covariance = (joint - p.unsqueeze(1) * p.unsqueeze(0)).index_select(0, varying).index_select(1, varying);
  const Tensor deviation = variance.index_select(0, varying).sqrt();
  const Tensor correlation = covariance / (deviation.unsqueeze(1) * deviation.unsqueeze(0));
  return correlation.abs().triu(1).sum().item<double>() /
         (static_cast<double>(bits) * static_cast<double>(bits - 1) / 2);
}

int64_t largest(const std::vector<std::vector<int64_t>>& groups) {
  return static_cast<int64_t>(std::ranges::max(groups, {}, &std::vector<int64_t>::size).size());
}

/// Different codes that as many items could have: min(items, 2^bits).
double possible_codes(const Codes& codes) {
  return std::min(static_cast<double>(codes.items()), std::exp2(static_cast<double>(codes.bits())));
}

}  // namespace

/// Health of the training images' codes, without labels. With p_i the share of items that have bit i:
/// - balance: mean over bits of |2 p_i - 1|: 0 if each bit halves the items, 1 if all bits are constant
/// - entropy: mean over bits of the entropy of p_i, at most 1 bit
/// - bit correlation: mean over pairs of varying bits of |correlation|: 0.15 to 0.25 is healthy, above 0.35 bad
/// - distinct codes: number of different codes
/// - largest code: share of the items that have the most frequent code
class CodeStats final : public Evaluator {
 public:
  static Schema schema() {
    return Schema("Balance, entropy, correlation and number of the training images' codes")
        .param("max_correlation", 0.35, between(0, 1), "warn if the mean absolute correlation of bits is above")
        .param("min_distinct", 0.01, between(0, 1), "warn if fewer codes differ than this share of those possible")
        .input("codes", port::kCodes, Need::required, "codes to describe");
  }

  explicit CodeStats(const Params& p)
      : max_correlation_(p.number("max_correlation")), min_distinct_(p.number("min_distinct")) {}

  void evaluate(const EvaluationInputs& in, Context& run) const override {
    const Codes& codes = in.codes().train;
    if (codes.items() == 0) throw ShapeError("there are no training codes to describe");
    const Tensor joint = together(codes) / codes.items();
    const Tensor p = joint.diagonal();
    const double correlation = mean_absolute_correlation(joint, p);
    const auto groups = items_by_code(codes);
    const auto distinct = static_cast<int64_t>(groups.size());
    run.metric("balance", (2 * p - 1).abs().mean().item<double>(), {.higher_is_better = false});
    run.metric("entropy", entropy(p), {.unit = "bits"});
    run.metric("bit correlation", correlation, {.higher_is_better = false});
    run.metric("distinct codes", static_cast<double>(distinct), {.unit = "codes"});
    run.metric("largest code", static_cast<double>(largest(groups)) / static_cast<double>(codes.items()),
               {.unit = "%", .higher_is_better = false});
    warn_of_collapse(codes, correlation, distinct, run);
  }

 private:
  void warn_of_collapse(const Codes& codes, double correlation, int64_t distinct, Context& run) const {
    const char* remedy = "push codes apart less: a smaller margin (gamma) of the hash network, or fewer of its epochs";
    const auto few = static_cast<double>(distinct) <= std::max(1.0, min_distinct_ * possible_codes(codes));
    if (correlation > max_correlation_)
      run.warn("codes collapse",
               fmt::format("mean absolute correlation of bits {:.2f}, over {}", correlation, max_correlation_), remedy);
    else if (few && codes.items() > 1)
      run.warn("codes collapse", fmt::format("{} distinct codes of {} possible", distinct, possible_codes(codes)),
               remedy);
  }

  double max_correlation_, min_distinct_;
};

}  // namespace hashloom

using namespace hashloom;
HASHLOOM_PLUGIN("code_stats", "1.0.0", component<CodeStats>("evaluator/code-stats"))
