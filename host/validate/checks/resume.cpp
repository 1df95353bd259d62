#include <validate/exercise.hpp>

namespace hashloom::validate {
namespace {

/// Lets a component learn until its first epoch has been saved; false if it ended without.
bool stopped_after_first_epoch(const plugins::ComponentInfo& component, ToyContext& run) {
  const auto instance = made(component);
  run.stop_after_first_epoch(*instance.component);
  try {
    learn(component, instance, run);
  } catch (const Stopped&) {
    return true;
  }
  return false;
}

}  // namespace

std::optional<Finding> check_resume(const plugins::ComponentInfo& component) {
  if (!component.schema.why_not_deterministic().empty()) throw Skipped("it is not deterministic");
  const auto whole = made(component);
  ToyContext run(1);
  learn(component, whole, run);
  if (run.epochs_begun() < 2) throw Skipped("it has fewer than two epochs");
  ToyContext first(1), second(1);
  if (!stopped_after_first_epoch(component, first))
    return Finding{"it went on when it was stopped after an epoch",
                   "let Stopped pass: catch no std::exception around epochs()"};
  const auto resumed = made(component);
  second.resume(*resumed.component, first.saved());
  learn(component, resumed, second);
  if (const auto differs = difference(saved(whole), saved(resumed)))
    return Finding{"stopped after its first epoch and resumed, " + *differs,
                   "visit everything in state() that an epoch changes: weights, optimisers, averages"};
  return {};
}

}  // namespace hashloom::validate
