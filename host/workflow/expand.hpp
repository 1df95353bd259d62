#pragma once
#include <workflow/collector.hpp>
#include <workflow/load.hpp>
#include <workflow/matrix.hpp>

namespace hashloom::workflow {

/// The document with vars, profile, cell and overrides applied: no "${...}" is left but in nodes that are `unknown`.
struct Expanded {
  Node root;
  Values vars;
};

/// `cell` is empty where there is no matrix. A --set that names an axis is left out: cells_of() has taken it.
Expanded expand(Node document, const Overrides& overrides, const PlacedCell& cell, Diagnostics& mistakes);

}  // namespace hashloom::workflow
