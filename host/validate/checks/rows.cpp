#include <ATen/ops/allclose.h>
#include <fmt/format.h>

#include <validate/exercise.hpp>

namespace hashloom::validate {
namespace {

/// Sums run in another order in another batch, so a number may differ by its rounding, and a bit at its threshold may
/// flip.
constexpr double kTolerance = 1e-4, kFlipped = 0.005;

bool are_alike(const Tensor& a, const Tensor& b) {
  if (a.sizes() != b.sizes()) return false;
  if (a.numel() == 0) return true;
  if (a.scalar_type() == at::kBool) return (a != b).to(at::kDouble).mean().item<double>() <= kFlipped;
  return at::allclose(a, b, kTolerance, kTolerance);
}

}  // namespace

std::optional<Finding> check_rows(const plugins::ComponentInfo& component) {
  const auto instance = made(component);
  if (instance.dataset || instance.evaluator || instance.generator) throw Skipped("its role maps no batches");
  ToyContext run(1);
  learn(component, instance, run);
  const auto whole = results(component, instance), in_parts = results(component, instance, 7);
  for (const auto& [what, given] : whole)
    if (!are_alike(given, in_parts.at(what)))
      return Finding{fmt::format("'{}' differs between one batch and batches of 7: {}", what,
                                 difference(Results{{what, given}}, Results{{what, in_parts.at(what)}}).value_or("")),
                     "use what fit() learned, not statistics of the batch"};
  return {};
}

}  // namespace hashloom::validate
