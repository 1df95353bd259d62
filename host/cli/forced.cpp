#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cli/command.hpp>
#include <cli/forced.hpp>

namespace hashloom::cli {
namespace {

namespace po = boost::program_options;

std::set<std::string> stage_names(const workflow::Workflow& workflow) {
  std::set<std::string> names;
  for (const auto& stage : workflow.stages) names.insert(stage.name);
  for (const auto& loop : workflow.loops)
    for (const auto* part : {&loop.stages, &loop.observers})
      for (const auto& stage : *part) names.insert(stage.name);
  return names;
}

}  // namespace

void add_force_option(po::options_description& options) {
  options.add_options()("force", po::value<std::vector<std::string>>()->composing()->value_name("STAGE"),
                        "compute this stage though the cache has its result; \"all\": every stage; may be given again");
}

std::set<std::string> forced_from(const po::variables_map& values, const workflow::Workflow& workflow) {
  if (!values.count("force")) return {};
  const auto known = stage_names(workflow);
  std::set<std::string> forced;
  for (const auto& name : values["force"].as<std::vector<std::string>>()) {
    if (name == "all") return known;
    if (!known.contains(name))
      throw UsageError(fmt::format("--force {}: there is no such stage; there are: {}", name, fmt::join(known, ", ")));
    forced.insert(name);
  }
  return forced;
}

}  // namespace hashloom::cli
