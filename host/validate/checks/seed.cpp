#include <validate/exercise.hpp>

namespace hashloom::validate {
namespace {

/// What a fresh instance has learned and gives.
Results outcome(const plugins::ComponentInfo& component, uint64_t seed) {
  const auto instance = made(component);
  ToyContext run(seed);
  learn(component, instance, run);
  auto all = results(component, instance);
  for (auto& [name, tensor] : saved(instance)) all["state " + name] = tensor;
  all.merge(Results(run.recorded()));
  return all;
}

}  // namespace

std::optional<Finding> check_seed(const plugins::ComponentInfo& component) {
  if (const auto& why = component.schema.why_not_deterministic(); !why.empty())
    throw Skipped("it says that it is not deterministic: " + why);
  const auto first = outcome(component, 1);
  outcome(component, 2);  // leaves its traces in whatever the component shares between instances
  if (const auto differs = difference(first, outcome(component, 1)))
    return Finding{
        "with the same seed " + *differs,
        "take random numbers from Context alone (run.randn, run.rand, run.randperm, run.random), no clock, no "
        "static variables; or say why in not_deterministic()"};
  return {};
}

}  // namespace hashloom::validate
