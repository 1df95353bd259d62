#pragma once
#include <engine/stage_context.hpp>
#include <engine/values.hpp>
#include <plugins/components.hpp>

namespace hashloom::engine {

/// A component at work: who made it, with what.
struct Worker {
  const plugins::ComponentInfo* info = nullptr;
  Params params;
  Instance instance;

  static Worker make(const plugins::ComponentInfo& info, Params params);
};

/// Lets the component learn from the training split of `inputs` (data sets load, evaluators evaluate).
void learn(Worker& worker, const Ports& inputs, StageContext& run);

/// What a component that has learned, or was loaded by state(), gives for every split. Values have no key yet. Throws
/// ShapeError, naming the component, if it gives other shapes or types than its role promises.
Ports outputs(Worker& worker, const Ports& inputs, StageContext& run);

}  // namespace hashloom::engine
