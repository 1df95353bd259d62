#pragma once
#include <workflow/collector.hpp>
#include <workflow/load.hpp>
#include <workflow/node.hpp>

namespace hashloom::workflow {

/// The document with vars, profile and overrides applied: no "${...}" is left but in nodes that are `unknown`.
struct Expanded {
  Node root;
  Values vars;
};

Expanded expand(Node document, const Overrides& overrides, Diagnostics& mistakes);

}  // namespace hashloom::workflow
