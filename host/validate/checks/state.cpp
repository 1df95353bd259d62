#include <validate/exercise.hpp>

namespace hashloom::validate {

std::optional<Finding> check_state(const plugins::ComponentInfo& component) {
  const auto instance = made(component);
  if (instance.dataset || instance.evaluator) throw Skipped("its role keeps no state");
  const std::string remedy =
      "visit everything in state() that fit() or train() changes, and build what depends on it there";
  ToyContext run(1);
  learn(component, instance, run);
  const auto state = saved(instance);
  try {
    const auto again = restored(component, state);
    if (const auto differs = difference(results(component, instance), results(component, again)))
      return Finding{"after its state was saved and restored, " + *differs, remedy};
    if (const auto differs = difference(state, saved(again)))
      return Finding{"a state that was restored is saved otherwise: " + *differs, remedy};
  } catch (const std::exception& error) {
    return Finding{std::string("its state can't be restored and used: ") + error.what(), remedy};
  }
  return {};
}

}  // namespace hashloom::validate
