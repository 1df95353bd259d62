#include <fmt/format.h>

#include <algorithm>
#include <cli/output.hpp>
#include <cli/plugins_actions.hpp>
#include <cli/workflow_options.hpp>
#include <workflow/diagnostics.hpp>

namespace hashloom::cli {
namespace {

namespace po = boost::program_options;

struct Action {
  std::string name;
  int (*run)(const PluginQuery& query);
};

const std::vector<Action> kActions{
    {"list", list_plugins}, {"inspect", inspect_plugins}, {"doctor", doctor_plugins}, {"new", new_plugin}};

const Action& action_named(const std::string& name) {
  const auto found = std::ranges::find(kActions, name, &Action::name);
  if (found != kActions.end()) return *found;
  const auto near = workflow::nearest(name, {"list", "inspect", "doctor", "new"});
  throw UsageError(fmt::format("'{}' is none of: list, inspect, doctor, new{}", name,
                               near.empty() ? "" : fmt::format("; did you mean '{}'?", near)));
}

}  // namespace

int plugins(const std::vector<std::string>& arguments) {
  po::options_description options("options");
  add_plugin_options(options);
  add_format_option(options, {"table", "json"}, "of list, inspect and doctor: ");
  options.add_options()("limit", po::value<int>()->default_value(plugins::kOpeningLimit.count())->value_name("SECONDS"),
                        "that a plugin may take to be opened");
  const auto values = parse(command_named("plugins"), arguments, options, {"action"});
  if (!values) return kSuccess;
  const auto format = format_from(*values, {"table", "json"});
  const std::chrono::seconds limit((*values)["limit"].as<int>());
  if (limit.count() < 1) throw UsageError("--limit is a number of seconds, from 1 on");
  std::vector<std::string> words{"list"};
  if (values->count("action")) words = (*values)["action"].as<std::vector<std::string>>();
  const auto& action = action_named(words[0]);
  return action.run(
      {{words.begin() + 1, words.end()}, plugin_folders(*values), writable_plugins(*values), format == "json", limit});
}

}  // namespace hashloom::cli
