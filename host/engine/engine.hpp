#pragma once
#include <engine/run_failed.hpp>
#include <engine/run_folder.hpp>
#include <events/listener.hpp>
#include <plugins/components.hpp>

namespace hashloom::engine {

enum class Ending { finished, stopped };

/// Runs the workflow that `run`/run.json holds, from where run/checkpoints says that it is: at first from the
/// beginning. What happens is written to the run's folder and told to `listener`. Throws RunFailed after recording why,
/// DataError if the folder is no run's or another process is at it.
Ending run(const std::filesystem::path& run, plugins::Components& components, events::Listener& listener);

}  // namespace hashloom::engine
