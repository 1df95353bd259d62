#pragma once
#include <plugins/components.hpp>
#include <workflow/workflow.hpp>

namespace hashloom::workflow {

/// What the command line adds: --profile, and --set in order ("bits=64" a var, "gan.epochs=2" a stage's parameter).
struct Overrides {
  std::string profile;
  std::vector<std::string> sets;
  std::optional<Cell> cell = {};  ///< one of the matrix's cells: the workflow is that cell's
};

/// Reads, expands and checks a workflow, from standard input if `file` is "-"; where it has a matrix, every cell of it.
/// Throws Mistakes (diagnostics.hpp) with everything that is wrong.
Workflow load(const std::filesystem::path& file, const Overrides& overrides, plugins::Components& components);

}  // namespace hashloom::workflow
