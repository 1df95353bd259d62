#include <fmt/format.h>

#include <cli/output.hpp>
#include <cli/workflow_options.hpp>
#include <workflow/diagnostics.hpp>

namespace hashloom::cli {
namespace {

namespace po = boost::program_options;
using nlohmann::json;

size_t stages_of(const workflow::Workflow& workflow) {
  size_t stages = workflow.stages.size();
  for (const auto& loop : workflow.loops) stages += loop.stages.size() + loop.observers.size();
  return stages;
}

void print_for_people(const workflow::Workflow& workflow) {
  fmt::print("{}: no mistakes; {} stages, {} loops\n", workflow.file.string(), stages_of(workflow),
             workflow.loops.size());
  if (!workflow.cells.empty()) fmt::print("{} cells:\n", workflow.cells.size());
  for (const auto& cell : workflow.cells) fmt::print("  {}\n", workflow::name_of(cell));
}

int check_for_programs(const po::variables_map& values, plugins::Components& components) try {
  const auto workflow = workflow_from(values, components);
  json summary{{"errors", 0}, {"stages", stages_of(workflow)}, {"loops", workflow.loops.size()}};
  summary["cells"] = workflow.cells.size();
  print_json({{"mistakes", json::array()}, {"summary", std::move(summary)}});
  return kSuccess;
} catch (const workflow::Mistakes& mistakes) {
  print_json({{"mistakes", to_json(mistakes)}, {"summary", {{"errors", mistakes.all().size()}}}});
  return kUsersMistake;
}

}  // namespace

int check(const std::vector<std::string>& arguments) {
  po::options_description options("options");
  add_workflow_options(options);
  add_format_option(options, {"text", "json"});
  const auto values = parse(command_named("check"), arguments, options, {"file"});
  if (!values) return kSuccess;
  const auto format = format_from(*values, {"text", "json"});
  auto catalogue = catalogue_from(*values);
  if (format == "json") return check_for_programs(*values, catalogue);
  print_for_people(workflow_from(*values, catalogue));
  return kSuccess;
}

}  // namespace hashloom::cli
