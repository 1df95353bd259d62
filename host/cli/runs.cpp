#include <fmt/format.h>

#include <cli/command.hpp>
#include <report/runs.hpp>

namespace hashloom::cli {

namespace po = boost::program_options;

int runs(const std::vector<std::string>& arguments) {
  po::options_description options("options");
  options.add_options()("runs", po::value<std::string>()->default_value("runs")->value_name("DIR"), "where runs are")(
      "format", po::value<std::string>()->default_value("table")->value_name("FORMAT"), "table or json");
  const auto values = parse(command_named("runs"), arguments, options, {});
  if (!values) return kSuccess;
  const auto folder = (*values)["runs"].as<std::string>(), format = (*values)["format"].as<std::string>();
  if (format != "table" && format != "json") throw UsageError("--format is table or json, not '" + format + "'");
  const auto list = report::list_runs(folder);
  if (format == "json")
    fmt::print("{}\n", report::to_json(list).dump(1));
  else if (list.empty())
    fmt::print("no runs in '{}'; begin with: hashloom run workflows/pgh.yaml\n", folder);
  else
    fmt::print("{}{}", report::render(report::runs_table(list)), report::troubles(list));
  return kSuccess;
}

}  // namespace hashloom::cli
