#include <fmt/format.h>

#include <cli/command.hpp>
#include <cli/output.hpp>
#include <report/compare.hpp>
#include <report/runs.hpp>
#include <report/sweeps.hpp>

namespace hashloom::cli {
namespace {

namespace po = boost::program_options;
using Texts = std::vector<std::string>;

void print_list(const std::filesystem::path& folder, bool as_json) {
  const auto list = report::list_runs(folder);
  if (as_json)
    print_json(report::to_json(list));
  else if (list.empty())
    fmt::print("no runs in '{}'; begin with: hashloom run workflows/pgh.yaml\n", folder.string());
  else
    fmt::print("{}{}", report::render(report::runs_table(list)), report::troubles(list));
}

void print_comparison(const Texts& names, bool as_json) {
  if (names.empty()) throw UsageError("name the runs to compare, or a sweep; see: hashloom runs");
  const auto comparison = report::compare(report::with_cells({names.begin(), names.end()}));
  if (as_json)
    print_json(report::to_json(comparison));
  else
    fmt::print("{}", report::render(comparison));
}

}  // namespace

int runs(const std::vector<std::string>& arguments) {
  po::options_description options("options");
  options.add_options()("runs", po::value<std::string>()->default_value("runs")->value_name("DIR"), "where runs are");
  add_format_option(options, {"table", "json"});
  const auto values = parse(command_named("runs"), arguments, options, {"what", "run"});
  if (!values) return kSuccess;
  const auto format = format_from(*values, {"table", "json"});
  const auto what = values->count("what") ? (*values)["what"].as<Texts>() : Texts{"list"};
  const auto named = values->count("run") ? (*values)["run"].as<Texts>() : Texts{};
  if (what != Texts{"list"} && what != Texts{"compare"})
    throw UsageError(
        fmt::format("runs does not know '{}'; it knows: list, compare RUN..., and a folder as --runs DIR", what[0]));
  if (what == Texts{"list"} && !named.empty())
    throw UsageError(fmt::format("runs list takes no '{}'; it lists another folder with: --runs DIR", named[0]));
  if (what == Texts{"compare"})
    print_comparison(named, format == "json");
  else
    print_list((*values)["runs"].as<std::string>(), format == "json");
  return kSuccess;
}

}  // namespace hashloom::cli
