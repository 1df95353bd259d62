#pragma once
#include <plugins/components.hpp>
#include <workflow/workflow.hpp>

namespace hashloom::workflow {

/// The stages that map images to a workflow's encoder codes, in order; what only teaches them is not among them.
struct EncoderPath {
  struct Link {
    const Stage* stage;
    std::string input, output;  ///< ports
  };
  PortRef images;  ///< what the first link reads: of a data set
  std::vector<Link> links;
  std::string why_not;  ///< pictures can't be encoded; empty: they can
};

/// Points into `workflow`. Of a loop, the stages are those of its last round. Throws PluginError.
EncoderPath encoder_path(const Workflow& workflow, plugins::Components& components);

}  // namespace hashloom::workflow
