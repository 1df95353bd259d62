#pragma once
#include <boost/program_options.hpp>
#include <filesystem>

namespace hashloom::cli {

/// Runs or goes on with the cells of a sweep's folder, tells how each ends, and prints their table. `values` has
/// --jobs, --fail-fast and the options of plugins. Gives the exit status: of the failed cells if all failed alike, else
/// kFailure.
int sweep_to_end(const std::filesystem::path& sweep, const boost::program_options::variables_map& values);

}  // namespace hashloom::cli
