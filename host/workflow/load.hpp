#pragma once
#include <plugins/components.hpp>
#include <workflow/workflow.hpp>

namespace hashloom::workflow {

/// What the command line adds: --profile, and --set in order ("bits=64" a var, "gan.epochs=2" a stage's parameter).
struct Overrides {
  std::string profile;
  std::vector<std::string> sets;
};

/// Reads, expands and checks a workflow, from standard input if `file` is "-": one for each cell of its matrix, in
/// their order; one alone where it has none. Throws Mistakes (diagnostics.hpp) with everything that is wrong in any of
/// them.
std::vector<Workflow> load_cells(const std::filesystem::path& file, const Overrides& overrides,
                                 plugins::Components& components);

/// The first of them, with the list of all cells.
Workflow load(const std::filesystem::path& file, const Overrides& overrides, plugins::Components& components);

}  // namespace hashloom::workflow
