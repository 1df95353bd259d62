#include <fmt/format.h>

#include <cli/forced.hpp>
#include <cli/run_to_end.hpp>
#include <cli/workflow_options.hpp>
#include <engine/run_folder.hpp>
#include <system_error>

namespace hashloom::cli {
namespace {

namespace po = boost::program_options;

std::filesystem::path folder_for(const workflow::Workflow& workflow, const std::set<std::string>& forced,
                                 const std::string& runs, const std::vector<std::string>& arguments) {
  std::vector<std::string> command{"hashloom", "run"};
  command.insert(command.end(), arguments.begin(), arguments.end());
  engine::RunRecord record{workflow, engine::machine_for(workflow)};
  record.forced = {forced.begin(), forced.end()};
  try {
    return engine::make_run_folder(runs, record, command);
  } catch (const std::system_error& error) {  // filesystem_error is one
    throw DataError(fmt::format("the run's folder can't be made in '{}': {}", runs, error.code().message()),
                    "make the place writable, or name another with --runs DIR");
  }
}

}  // namespace

int run(const std::vector<std::string>& arguments) {
  po::options_description options("options");
  add_workflow_options(options);
  add_force_option(options);
  options.add_options()("device", po::value<std::string>()->value_name("DEVICE"), "auto, cpu or cuda:N")(
      "runs", po::value<std::string>()->default_value("runs")->value_name("DIR"), "where the run's folder is made");
  const auto values = parse(command_named("run"), arguments, options, {"file"});
  if (!values) return kSuccess;
  auto catalogue = catalogue_from(*values);
  const auto workflow = single_workflow_from(*values, catalogue);
  const auto folder =
      folder_for(workflow, forced_from(*values, workflow), (*values)["runs"].as<std::string>(), arguments);
  fmt::print(stderr, "run: {}\n", folder.string());
  return run_to_end(folder, catalogue);
}

}  // namespace hashloom::cli
