#pragma once
#include <cli/command.hpp>
#include <plugins/catalogue.hpp>
#include <workflow/load.hpp>

namespace hashloom::cli {

/// --plugins, --allow-writable-plugins.
void add_plugin_options(boost::program_options::options_description& options);

/// --set, --profile and those of plugins: what every command that reads a workflow takes.
void add_workflow_options(boost::program_options::options_description& options);

/// Where those options and the environment say that plugins are, and whether they are taken from writable folders
/// (HASHLOOM_ALLOW_WRITABLE_PLUGINS=1).
std::vector<std::filesystem::path> plugin_folders(const boost::program_options::variables_map& values);
plugins::Writable writable_plugins(const boost::program_options::variables_map& values);

plugins::Catalogue catalogue_from(const boost::program_options::variables_map& values);

/// The workflow that the arguments name, as the options change it. Throws UsageError without a file,
/// workflow::Mistakes.
workflow::Workflow workflow_from(const boost::program_options::variables_map& values, plugins::Components& components);

/// A workflow for each cell of its matrix; the workflow alone where it has none. A cell that says no number of threads
/// gets its share of the cores (sweep::threads_of_a_cell). Throws as workflow_from.
std::vector<workflow::Workflow> workflows_from(const boost::program_options::variables_map& values,
                                               plugins::Components& components);

}  // namespace hashloom::cli
