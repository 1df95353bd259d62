#pragma once
#include <workflow/collector.hpp>
#include <workflow/node.hpp>

namespace hashloom::workflow {

/// One --set of the command line: "bits=64" or "gan.epochs=2".
struct SetOption {
  std::string path;  ///< "bits", "gan.epochs"
  Node value;        ///< its source names the option
};

/// The options that can be understood, in their order; a mistake for each other.
std::vector<SetOption> parse_sets(const std::vector<std::string>& options, Diagnostics& mistakes);

}  // namespace hashloom::workflow
