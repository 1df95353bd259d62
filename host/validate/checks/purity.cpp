#include <validate/exercise.hpp>

namespace hashloom::validate {

std::optional<Finding> check_purity(const plugins::ComponentInfo& component) {
  const auto instance = made(component);
  ToyContext run(1);
  learn(component, instance, run);
  const auto state = saved(instance);
  const auto first = results(component, instance);
  const std::string remedy =
      "change nothing in features(), bits(), sample() and evaluate(): no mutable members, batch "
      "statistics that are running, or random numbers but those of the seed";
  if (const auto differs = difference(first, results(component, instance)))
    return Finding{"asked twice, " + *differs, remedy};
  if (const auto differs = difference(state, saved(instance)))
    return Finding{"asking for results changed its state: " + *differs, remedy};
  return {};
}

}  // namespace hashloom::validate
