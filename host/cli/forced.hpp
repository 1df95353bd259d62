#pragma once
#include <boost/program_options.hpp>
#include <set>
#include <workflow/workflow.hpp>

namespace hashloom::cli {

/// --force STAGE: results of these stages are not taken from the cache; "all" is every stage.
void add_force_option(boost::program_options::options_description& options);

/// Names of stages. Throws UsageError for a name that the workflow does not have.
std::set<std::string> forced_from(const boost::program_options::variables_map& values,
                                  const workflow::Workflow& workflow);

}  // namespace hashloom::cli
