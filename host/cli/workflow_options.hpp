#pragma once
#include <cli/command.hpp>
#include <plugins/catalogue.hpp>
#include <workflow/load.hpp>

namespace hashloom::cli {

/// --set, --profile, --plugins: what every command that reads a workflow takes.
void add_workflow_options(boost::program_options::options_description& options);

plugins::Catalogue catalogue_from(const boost::program_options::variables_map& values);

/// The workflow that the arguments name, as the options change it. Throws UsageError without a file,
/// workflow::Mistakes.
workflow::Workflow workflow_from(const boost::program_options::variables_map& values, plugins::Components& components);

/// The same for commands that take one cell of a matrix at a time. Throws UsageError where the workflow has a matrix.
workflow::Workflow single_workflow_from(const boost::program_options::variables_map& values,
                                        plugins::Components& components);

}  // namespace hashloom::cli
