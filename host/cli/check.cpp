#include <fmt/format.h>

#include <cli/workflow_options.hpp>

namespace hashloom::cli {

int check(const std::vector<std::string>& arguments) {
  boost::program_options::options_description options("options");
  add_workflow_options(options);
  const auto values = parse(command_named("check"), arguments, options, {"file"});
  if (!values) return kSuccess;
  auto catalogue = catalogue_from(*values);
  const auto workflow = workflow_from(*values, catalogue);
  size_t stages = workflow.stages.size();
  for (const auto& loop : workflow.loops) stages += loop.stages.size() + loop.observers.size();
  fmt::print("{}: no mistakes; {} stages, {} loops\n", workflow.file.string(), stages, workflow.loops.size());
  if (!workflow.cells.empty()) fmt::print("{} cells:\n", workflow.cells.size());
  for (const auto& cell : workflow.cells) fmt::print("  {}\n", workflow::name_of(cell));
  return kSuccess;
}

}  // namespace hashloom::cli
