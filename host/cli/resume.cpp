#include <fmt/format.h>

#include <cli/run_to_end.hpp>
#include <cli/sweep_options.hpp>
#include <cli/sweep_to_end.hpp>
#include <cli/workflow_options.hpp>
#include <events/reader.hpp>
#include <report/runs.hpp>
#include <report/sweeps.hpp>

namespace hashloom::cli {
namespace {

namespace po = boost::program_options;

std::filesystem::path run_from(const po::variables_map& values) {
  const auto runs = values["runs"].as<std::string>();
  if (values.count("run")) {
    const auto named = values["run"].as<std::vector<std::string>>();
    if (named.size() != 1) throw UsageError("give one run");
    return named[0];
  }
  if (const auto newest = report::newest_unfinished(runs)) return *newest;
  throw UsageError(fmt::format("no unfinished run in '{}'; see: hashloom runs", runs));
}

}  // namespace

int resume(const std::vector<std::string>& arguments) {
  po::options_description options("options");
  options.add_options()("runs", po::value<std::string>()->default_value("runs")->value_name("DIR"), "where runs are");
  add_plugin_options(options);
  add_sweep_options(options);
  const auto values = parse(command_named("resume"), arguments, options, {"run"});
  if (!values) return kSuccess;
  const auto run = run_from(*values);
  if (report::is_sweep(run)) return sweep_to_end(run, *values);
  if (std::filesystem::is_directory(run) && events::state_of(run) == events::RunState::finished) {
    fmt::print("{} is finished; there is nothing to resume\n", run.string());
    return kSuccess;
  }
  auto catalogue = catalogue_from(*values);
  fmt::print(stderr, "run: {}\n", run.string());
  return run_to_end(run, catalogue);
}

}  // namespace hashloom::cli
