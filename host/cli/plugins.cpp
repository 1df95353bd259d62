#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cli/workflow_options.hpp>
#include <limits>
#include <workflow/diagnostics.hpp>

namespace hashloom::cli {
namespace {

namespace po = boost::program_options;

int list(plugins::Catalogue& catalogue) {
  size_t failures = catalogue.broken().size();
  for (const auto& id : catalogue.ids()) {
    try {
      const auto& info = catalogue.get(id);
      fmt::print("{:<24} {:<8} {}\n", id, info.plugin_version, info.schema.help());
    } catch (const plugins::PluginError& error) {
      ++failures;
      fmt::print("{:<24} {:<8} {}\n{:<33} {}\n", id, "unusable", error.what(), "", error.remedy());
    }
  }
  for (const auto& error : catalogue.broken()) fmt::print("unusable: {}\n  {}\n", error.what(), error.remedy());
  return failures ? kFailure : kSuccess;
}

std::string limits_of(const Bounds& bounds) {
  const double infinity = std::numeric_limits<double>::infinity();
  if (!bounds.choices.empty()) return fmt::format("one of {}", fmt::join(bounds.choices, ", "));
  if (bounds.low == -infinity && bounds.high == infinity) return "";
  if (bounds.high == infinity) return fmt::format("at least {}", bounds.low);
  if (bounds.low == -infinity) return fmt::format("at most {}", bounds.high);
  return fmt::format("{} to {}", bounds.low, bounds.high);
}

void print_ports(const char* title, const std::vector<PortSpec>& ports) {
  static constexpr const char* kNeeds[] = {"", " (optional)", " (may be repeated)"};
  if (!ports.empty()) fmt::print("\n  {}\n", title);
  for (const auto& port : ports)
    fmt::print("    {:<22} {:<10} {}{}\n", port.name, port.type, port.help, kNeeds[static_cast<int>(port.need)]);
}

void print_component(const plugins::Catalogue& catalogue, const plugins::ComponentInfo& info) {
  fmt::print("{}  {}\n  {}\n  {}\n", info.id, info.plugin_version, info.schema.help(),
             catalogue.manifest_of(info.id).library.string());
  print_ports("inputs", info.schema.inputs());
  print_ports("outputs", info.schema.outputs());
  if (!info.schema.params().empty()) fmt::print("\n  parameters\n");
  for (const auto& param : info.schema.params()) {
    const auto limits = limits_of(param.bounds);
    fmt::print("    {:<22} {} (default {}{}{}{}{})\n", param.name, param.help, to_text(param.fallback),
               param.unit.empty() ? "" : " ", param.unit, limits.empty() ? "" : "; ", limits);
  }
}

int inspect(plugins::Catalogue& catalogue, const std::vector<std::string>& ids) {
  if (ids.empty()) throw UsageError("which component? See: hashloom plugins");
  const auto known = catalogue.ids();
  for (const auto& id : ids) {
    if (std::find(known.begin(), known.end(), id) == known.end()) {
      const auto near = workflow::nearest(id, known);
      throw UsageError(fmt::format("no plugin has a component '{}'; {}see: hashloom plugins", id,
                                   near.empty() ? "" : fmt::format("did you mean '{}'? ", near)));
    }
    if (&id != &ids.front()) fmt::print("\n");
    print_component(catalogue, catalogue.get(id));
  }
  return kSuccess;
}

}  // namespace

int plugins(const std::vector<std::string>& arguments) {
  po::options_description options("options");
  options.add_options()("plugins", po::value<std::vector<std::string>>()->composing()->value_name("DIR"),
                        "look for plugins here first; may be given again");
  const auto values = parse(command_named("plugins"), arguments, options, {"action"});
  if (!values) return kSuccess;
  auto catalogue = catalogue_from(*values);
  std::vector<std::string> words;
  if (values->count("action")) words = (*values)["action"].as<std::vector<std::string>>();
  if (words.empty() || words == std::vector<std::string>{"list"}) return list(catalogue);
  if (words[0] == "inspect") return inspect(catalogue, {words.begin() + 1, words.end()});
  throw UsageError(fmt::format("'{}' is neither list nor inspect", words[0]));
}

}  // namespace hashloom::cli
