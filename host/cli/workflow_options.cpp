#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cli/sweep_options.hpp>
#include <cli/workflow_options.hpp>
#include <cstdlib>
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

void add_plugin_options(po::options_description& options) {
  options.add_options()("plugins", po::value<Texts>()->composing()->value_name("DIR"),
                        "look for plugins here first; may be given again")(
      "allow-writable-plugins", "also take plugins that every user of this machine may change");
}

void add_workflow_options(po::options_description& options) {
  options.add_options()(
      "set,s", po::value<Texts>()->composing()->value_name("NAME=VALUE"),
      "set a var (bits=64), a stage's parameter (gan.epochs=2), a loop's rounds (pgh.rounds=2), or seed, "
      "device, precision, threads; may be given again")(
      "profile,p", po::value<std::string>()->default_value("", "")->value_name("NAME"),
      "a profile of the workflow, such as full");
  add_plugin_options(options);
}

std::vector<std::filesystem::path> plugin_folders(const po::variables_map& values) {
  return plugins::plugin_folders(texts(values, "plugins"));
}

plugins::Writable writable_plugins(const po::variables_map& values) {
  const char* trusted = std::getenv("HASHLOOM_ALLOW_WRITABLE_PLUGINS");
  const bool is_allowed = values.count("allow-writable-plugins") || (trusted && std::string(trusted) == "1");
  return is_allowed ? plugins::Writable::allowed : plugins::Writable::refused;
}

plugins::Catalogue catalogue_from(const po::variables_map& values) {
  return plugins::Catalogue(plugin_folders(values), writable_plugins(values));
}

workflow::Workflow workflow_from(const po::variables_map& values, plugins::Components& components) {
  return workflow::load(file_from(values), overrides_from(values), components);
}

std::vector<workflow::Workflow> workflows_from(const po::variables_map& values, plugins::Components& components) {
  auto cells = workflow::load_cells(file_from(values), overrides_from(values), components);
  const auto threads = sweep::threads_of_a_cell(std::ssize(cells), jobs_from(values));
  for (auto& cell : cells)
    if (!cell.cell.empty() && cell.threads == 0) cell.threads = threads;
  return cells;
}

}  // namespace hashloom::cli
