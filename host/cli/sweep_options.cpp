#include <fmt/format.h>

#include <cli/command.hpp>
#include <cli/sweep_options.hpp>

namespace hashloom::cli {

namespace po = boost::program_options;

void add_jobs_option(po::options_description& options) {
  options.add_options()("jobs,j", po::value<int64_t>()->value_name("N"),
                        "cells of a matrix at once (default: as cores and memory allow)");
}

void add_sweep_options(po::options_description& options) {
  add_jobs_option(options);
  options.add_options()("fail-fast", "stop all cells of a matrix when one fails");
}

int64_t jobs_from(const po::variables_map& values) {
  if (!values.count("jobs")) return 0;
  const auto jobs = values["jobs"].as<int64_t>();
  if (jobs < 1) throw UsageError(fmt::format("--jobs is 1 or more, not {}", jobs));
  return jobs;
}

}  // namespace hashloom::cli
