#pragma once
#include <boost/program_options.hpp>
#include <cstdint>

namespace hashloom::cli {

/// --jobs: how many cells of a matrix run at once, which says how many threads each has.
void add_jobs_option(boost::program_options::options_description& options);

/// That and --fail-fast: how the cells of a matrix run.
void add_sweep_options(boost::program_options::options_description& options);

/// 0 if not given. Throws UsageError for less than 1.
int64_t jobs_from(const boost::program_options::variables_map& values);

}  // namespace hashloom::cli
