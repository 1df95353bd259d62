#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cli/workflow_options.hpp>

namespace hashloom::cli {
namespace {

namespace po = boost::program_options;
using Texts = std::vector<std::string>;

Texts texts(const po::variables_map& values, const std::string& name) {
  return values.count(name) ? values[name].as<Texts>() : Texts{};
}

}  // namespace

void add_workflow_options(po::options_description& options) {
  options.add_options()(
      "set,s", po::value<Texts>()->composing()->value_name("NAME=VALUE"),
      "set a var (bits=64), a stage's parameter (gan.epochs=2), a loop's rounds (pgh.rounds=2), or seed, "
      "device, precision, threads; may be given again")(
      "profile,p", po::value<std::string>()->default_value("", "")->value_name("NAME"),
      "a profile of the workflow, such as full")("plugins", po::value<Texts>()->composing()->value_name("DIR"),
                                                 "look for plugins here first; may be given again");
}

plugins::Catalogue catalogue_from(const po::variables_map& values) {
  return plugins::Catalogue(plugins::plugin_folders(texts(values, "plugins")));
}

workflow::Workflow workflow_from(const po::variables_map& values, plugins::Components& components) {
  const auto files = texts(values, "file");
  if (files.size() != 1)
    throw UsageError(files.empty()
                         ? "no workflow file is given; for example: workflows/pgh.yaml"
                         : fmt::format("give one workflow file, not {}: {}", files.size(), fmt::join(files, ", ")));
  auto set = texts(values, "set");
  if (values.count("device")) set.push_back("device=" + values["device"].as<std::string>());
  return workflow::load(files[0], {values["profile"].as<std::string>(), set}, components);
}

workflow::Workflow single_workflow_from(const po::variables_map& values, plugins::Components& components) {
  auto workflow = workflow_from(values, components);
  if (workflow.cells.empty()) return workflow;
  throw UsageError(fmt::format(
      "{} has a matrix of {} cells, which this version checks but does not run; remove 'matrix' and start one run a "
      "cell, with --set NAME=VALUE",
      workflow.file.string(), workflow.cells.size()));
}

}  // namespace hashloom::cli
