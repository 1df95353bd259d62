#pragma once
#include <cli/command.hpp>
#include <plugins/catalogue.hpp>
#include <workflow/load.hpp>

namespace hashloom::cli {

/// --set, --profile, --plugins: what every command that reads a workflow takes.
void add_workflow_options(boost::program_options::options_description& options);

/// --plugins alone.
void add_plugins_option(boost::program_options::options_description& options);

plugins::Catalogue catalogue_from(const boost::program_options::variables_map& values);

/// The workflow that the arguments name, as the options change it. Throws UsageError without a file,
/// workflow::Mistakes.
workflow::Workflow workflow_from(const boost::program_options::variables_map& values, plugins::Components& components);

/// A workflow for each cell of its matrix; the workflow alone where it has none. A cell that says no number of threads
/// gets its share of the cores (sweep::threads_of_a_cell). Throws as workflow_from.
std::vector<workflow::Workflow> workflows_from(const boost::program_options::variables_map& values,
                                               plugins::Components& components);

}  // namespace hashloom::cli
