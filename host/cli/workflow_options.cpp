#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cli/sweep_options.hpp>
#include <cli/workflow_options.hpp>
#include <sweep/capacity.hpp>

namespace hashloom::cli {
namespace {

namespace po = boost::program_options;
using Texts = std::vector<std::string>;

Texts texts(const po::variables_map& values, const std::string& name) {
  return values.count(name) ? values[name].as<Texts>() : Texts{};
}

std::string file_from(const po::variables_map& values) {
  const auto files = texts(values, "file");
  if (files.size() != 1)
    throw UsageError(files.empty()
                         ? "no workflow file is given; for example: workflows/pgh.yaml"
                         : fmt::format("give one workflow file, not {}: {}", files.size(), fmt::join(files, ", ")));
  return files[0];
}

workflow::Overrides overrides_from(const po::variables_map& values) {
  auto set = texts(values, "set");
  if (values.count("device")) set.push_back("device=" + values["device"].as<std::string>());
  return {values["profile"].as<std::string>(), set};
}

}  // namespace

void add_workflow_options(po::options_description& options) {
  options.add_options()(
      "set,s", po::value<Texts>()->composing()->value_name("NAME=VALUE"),
      "set a var (bits=64), a stage's parameter (gan.epochs=2), a loop's rounds (pgh.rounds=2), or seed, "
      "device, precision, threads; may be given again")(
      "profile,p", po::value<std::string>()->default_value("", "")->value_name("NAME"),
      "a profile of the workflow, such as full");
  add_plugins_option(options);
}

void add_plugins_option(po::options_description& options) {
  options.add_options()("plugins", po::value<Texts>()->composing()->value_name("DIR"),
                        "look for plugins here first; may be given again");
}

plugins::Catalogue catalogue_from(const po::variables_map& values) {
  return plugins::Catalogue(plugins::plugin_folders(texts(values, "plugins")));
}

workflow::Workflow workflow_from(const po::variables_map& values, plugins::Components& components) {
  return workflow::load(file_from(values), overrides_from(values), components);
}

std::vector<workflow::Workflow> workflows_from(const po::variables_map& values, plugins::Components& components) {
  auto first = workflow_from(values, components);
  if (first.cells.empty()) return {std::move(first)};
  std::vector<workflow::Workflow> cells;
  auto overrides = overrides_from(values);
  for (const auto& cell : first.cells) {
    overrides.cell = cell;
    cells.push_back(workflow::load(file_from(values), overrides, components));
    if (cells.back().threads == 0)
      cells.back().threads = sweep::threads_of_a_cell(std::ssize(first.cells), jobs_from(values));
  }
  return cells;
}

}  // namespace hashloom::cli
