#pragma once
#include <engine/performance.hpp>

namespace hashloom::engine {

/// Does a task, unless the ledger has it as done, and gives its outputs. Results come from the cache where they are
/// there; what is read of them, and what a task that is done gave, is made when something asks for it. In a loop a
/// stage goes on from the weights of the round before (unless `fresh`), from the epoch saved last, or, where the
/// round's work is done, from its state. Throws RunFailed, Stopped.
Ports perform(Job& job, Task task);

/// What the component of a task that is done has learned: from the run's folder or the cache, else learned again.
/// Nothing is read for a component that keeps nothing. `task.inputs` are needed outside of loops alone.
std::map<std::string, Tensor> learned(Job& job, Task task);

}  // namespace hashloom::engine
