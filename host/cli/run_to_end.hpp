#pragma once
#include <filesystem>
#include <plugins/components.hpp>

namespace hashloom::cli {

/// Runs what `run` holds, shows it on standard error, and prints the run's table on standard output. Returns the
/// program's exit status; a failure has been told.
int run_to_end(const std::filesystem::path& run, plugins::Components& components);

}  // namespace hashloom::cli
