#include <fmt/format.h>

#include <algorithm>
#include <cli/command.hpp>
#include <sstream>
#include <workflow/diagnostics.hpp>

namespace hashloom::cli {
namespace {

namespace po = boost::program_options;

/// The positional names as options of their own, which the help does not list.
po::options_description with_positional(po::options_description options, const std::vector<std::string>& positional) {
  po::options_description hidden;
  for (const auto& name : positional) hidden.add_options()(name.c_str(), po::value<std::vector<std::string>>());
  return options.add(hidden);
}

void print_help(const Command& command, const po::options_description& options) {
  std::ostringstream text;
  text << options;
  fmt::print("usage: hashloom {} {}\n{}\n\n{}", command.name, command.usage, command.help, text.str());
}

/// What was wrong with an option, with the name that it was perhaps meant to have.
std::string mistake_of(const po::error& error, const po::options_description& options) {
  const auto* unknown = dynamic_cast<const po::unknown_option*>(&error);
  if (!unknown) return error.what();
  std::vector<std::string> names;
  for (const auto& option : options.options()) names.push_back(option->long_name());
  const auto near = workflow::nearest(unknown->get_option_name().substr(2), names);
  return near.empty() ? error.what() : fmt::format("{}; did you mean '--{}'?", error.what(), near);
}

}  // namespace

std::optional<po::variables_map> parse(const Command& command, const std::vector<std::string>& arguments,
                                       po::options_description options, const std::vector<std::string>& positional) {
  options.add_options()("help,h", "show this help");
  po::positional_options_description places;
  for (size_t i = 0; i < positional.size(); ++i) places.add(positional[i].c_str(), i + 1 == positional.size() ? -1 : 1);
  po::variables_map values;
  try {
    const auto known = with_positional(options, positional);
    po::store(po::command_line_parser(arguments).options(known).positional(places).run(), values);
    po::notify(values);
  } catch (const po::error& error) {
    throw UsageError(fmt::format("{}; see: hashloom {} --help", mistake_of(error, options), command.name));
  }
  if (!values.count("help")) return values;
  print_help(command, options);
  return {};
}

const std::vector<Command>& commands() {
  static const std::vector<Command> all{
      {"run", "FILE [options]", "Runs a workflow.", run, true},
      {"check", "FILE [options]", "Tells every mistake of a workflow (-: standard input), with file:line:column.",
       check},
      {"graph", "FILE [options]", "Draws a workflow: text, DOT or SVG.", graph},
      {"schema", "[options]", "Writes a JSON Schema of workflow files, for editors.", schema},
      {"plan", "FILE [options]", "Tells what a run would compute, what it would take from the cache, and why.", plan},
      {"resume", "[RUN]", "Goes on with a run that was stopped, crashed or failed (default: the newest).", resume,
       true},
      {"plugins", "[list | inspect COMPONENT... | doctor | new ROLE/NAME DIR]",
       "Lists components, tells all of some, looks for what is wrong, begins a project of your own.", plugins},
      {"runs", "[list | compare RUN...]",
       "Lists runs, the newest first, or compares some: settings that differ, metrics.", runs},
      {"dash", "[RUNS] [options]", "Opens the dashboard, on live and finished runs.", dash},
      {"control", "RUN REQUEST", "Asks a run that goes on to pause, stop after this round, change a parameter, ...",
       control},
      {"encode", "RUN|MODEL PICTURE...", "Gives the codes of pictures: files, or folders of PNG and JPEG.", encode,
       true},
      {"export", "RUN TARGET", "Makes model.hloom, network.pt, codes/ or tensorboard/ of a run, for other programs.",
       export_run},
      {"cache", "[list | prune --limit SIZE]", "Lists or prunes the results that runs share.", cache},
      {"fetch", "DATASET [options]", "Downloads a data set, with checksums.", fetch},
  };
  return all;
}

const Command& command_named(const std::string& name) {
  return *std::ranges::find(commands(), name, [](const Command& command) { return std::string(command.name); });
}

}  // namespace hashloom::cli
