#pragma once
#include <workflow/collector.hpp>
#include <workflow/load.hpp>
#include <workflow/matrix.hpp>
#include <workflow/sub_files.hpp>

namespace hashloom::workflow {

struct SubWorkflow;

/// The document with vars, profile, cell and overrides applied: no "${...}" is left but in nodes that are `unknown`.
struct Expanded {
  Node root;
  Values vars;
  std::map<std::string, SubWorkflow> uses;  ///< by the stage that uses it
};

/// What the file that a stage uses holds, expanded with the stage's parameters.
struct SubWorkflow {
  std::vector<ParamSpec> params;  ///< its vars, with their values in the file
  Expanded inside;
};

/// Whether `uses:` names a file and not a component.
bool is_file(const std::string& uses);

/// `cell` is empty where there is no matrix. A --set that names an axis is left out: cells_of() has taken it.
Expanded expand(Node document, const Overrides& overrides, const PlacedCell& cell, SubFiles& files,
                Diagnostics& mistakes);

}  // namespace hashloom::workflow
