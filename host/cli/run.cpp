#include <fmt/format.h>

#include <cli/forced.hpp>
#include <cli/run_to_end.hpp>
#include <cli/sweep_options.hpp>
#include <cli/sweep_to_end.hpp>
#include <cli/traced.hpp>
#include <cli/workflow_options.hpp>
#include <engine/run_folder.hpp>
#include <sweep/folder.hpp>
#include <system_error>

namespace hashloom::cli {
namespace {

namespace po = boost::program_options;

using workflow::Workflow;

engine::RunRecord record_of(const Workflow& workflow, const std::set<std::string>& forced) {
  engine::RunRecord record{workflow, engine::machine_for(workflow)};
  record.forced = {forced.begin(), forced.end()};
  return record;
}

/// What `make` gives, a folder that can't be made told with its remedy.
template <class Make>
std::filesystem::path made_in(const std::string& runs, const Make& make) {
  try {
    return make();
  } catch (const std::system_error& error) {  // filesystem_error is one
    throw DataError(fmt::format("the run's folder can't be made in '{}': {}", runs, error.code().message()),
                    "make the place writable, or name another with --runs DIR");
  }
}

std::vector<sweep::Cell> cells_from(const std::vector<Workflow>& workflows, const po::variables_map& values) {
  std::vector<sweep::Cell> cells;
  for (const auto& workflow : workflows)
    cells.push_back({workflow::name_of(workflow.cell), record_of(workflow, forced_from(values, workflow))});
  return cells;
}

}  // namespace

int run(const std::vector<std::string>& arguments) {
  po::options_description options("options");
  add_workflow_options(options);
  add_force_option(options);
  add_sweep_options(options);
  add_trace_option(options);
  options.add_options()("device", po::value<std::string>()->value_name("DEVICE"), "auto, cpu or cuda:N")(
      "runs", po::value<std::string>()->default_value("runs")->value_name("DIR"), "where the run's folder is made");
  const auto values = parse(command_named("run"), arguments, options, {"file"});
  if (!values) return kSuccess;
  auto catalogue = catalogue_from(*values);
  const auto workflows = workflows_from(*values, catalogue);
  const auto runs = (*values)["runs"].as<std::string>();
  std::vector<std::string> command{"hashloom", "run"};
  command.insert(command.end(), arguments.begin(), arguments.end());
  if (!workflows[0].cell.empty()) {
    if (values->count("trace")) throw UsageError("--trace takes one run, not a matrix: choose a cell by --set");
    const auto cells = cells_from(workflows, *values);
    return sweep_to_end(made_in(runs, [&] { return sweep::make_folder(runs, cells, command); }), *values);
  }
  const auto record = record_of(workflows[0], forced_from(*values, workflows[0]));
  const auto folder = made_in(runs, [&] { return engine::make_run_folder(runs, record, command); });
  fmt::print(stderr, "run: {}\n", folder.string());
  return traced(*values, [&] { return run_to_end(folder, catalogue); });
}

}  // namespace hashloom::cli
