#pragma once
#include <engine/run_failed.hpp>
#include <engine/run_folder.hpp>
#include <events/listener.hpp>
#include <plugins/components.hpp>

namespace hashloom::engine {

/// `own`: the process does nothing but this run. What plugins write to standard output and standard error goes to
/// run/output.log, and what ends the process to run/last_words.json.
enum class Process { shared, own };
enum class Ending { finished, stopped };

/// Runs the workflow that `run`/run.json holds, from where run/checkpoints says that it is: at first from the
/// beginning. What happens is written to the run's folder and told to `listener`. Throws RunFailed after recording why,
/// DataError if the folder is no run's or another process is at it.
Ending run(const std::filesystem::path& run, plugins::Components& components, events::Listener& listener,
           Process process = Process::shared);

}  // namespace hashloom::engine
