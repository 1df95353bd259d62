#include <fmt/format.h>

#include <algorithm>
#include <cli/command.hpp>
#include <cli/wait_policy.hpp>
#include <cstdio>
#include <encoder/encode.hpp>
#include <engine/machine.hpp>
#include <faults/last_words.hpp>
#include <filesystem>
#include <plugins/components.hpp>
#include <report/bad_folder.hpp>
#include <workflow/diagnostics.hpp>

namespace {

using namespace hashloom;

void print_help() {
  fmt::print("hashloom {}: a workbench for learning binary codes for image retrieval without labels\n\n",
             HASHLOOM_VERSION);
  for (const auto& command : cli::commands())
    fmt::print("  hashloom {:<8} {:<30} {}\n", command.name, command.usage, command.help);
  fmt::print("\nhashloom COMMAND --help tells a command's options.\n");
}

int unknown_command(const std::string& name) {
  std::vector<std::string> names;
  for (const auto& command : cli::commands()) names.emplace_back(command.name);
  const auto near = workflow::nearest(name, names);
  fmt::print(stderr, "error: there is no command '{}'\nnote: {}hashloom --help lists them\n", name,
             near.empty() ? "" : fmt::format("did you mean '{}'? ", near));
  return cli::kUsersMistake;
}

int tell(const Error& error, int status) {
  fmt::print(stderr, "error: {}\n", error.what());
  if (!error.remedy().empty()) fmt::print(stderr, "  {}\n", error.remedy());
  return status;
}

int tell(const encoder::BadInput& bad) {
  for (const auto& mistake : bad.mistakes()) tell(mistake, cli::kUsersMistake);
  const auto count = bad.mistakes().size();
  fmt::print(stderr, "{} error{}; nothing was written.\n", count, count == 1 ? "" : "s");
  return cli::kUsersMistake;
}

/// Says what went wrong, so that nobody sees a bare exception.
int current_failure() {
  try {
    throw;
  } catch (const cli::UsageError& error) {
    fmt::print(stderr, "error: {}\n", error.what());
    return cli::kUsersMistake;
  } catch (const report::BadFolder& error) {
    fmt::print(stderr, "error: {}\n", error.what());
    return cli::kUsersMistake;
  } catch (const workflow::Mistakes& mistakes) {
    fmt::print(stderr, "{}\n", mistakes.rendered());
    return cli::kUsersMistake;
  } catch (const encoder::BadInput& bad) {
    return tell(bad);
  } catch (const engine::NoSuchDevice& error) {
    return tell(error, cli::kUsersMistake);
  } catch (const plugins::PluginError& error) {
    return tell(error, cli::kUsersMistake);
  } catch (const DataError& error) {
    return tell(error, cli::kUsersMistake);
  } catch (const ParameterError& error) {
    return tell(error, cli::kUsersMistake);
  } catch (const Error& error) {
    return tell(error, cli::kFailure);
  } catch (const std::exception& error) {
    fmt::print(stderr, "error: {}\n", error.what());
    return cli::kFailure;
  } catch (...) {
    fmt::print(stderr, "error: something was thrown that is no std::exception\n");
    return cli::kFailure;
  }
}

/// A result that standard output did not take is a failure.
int flushed(int status) {
  if (std::fflush(stdout) == 0 && !std::ferror(stdout)) return status;
  fmt::print(stderr, "error: standard output could not be written\n");
  return status == cli::kSuccess ? cli::kFailure : status;
}

}  // namespace

int main(int count, char** values) {
  faults::watch_for_crashes();
  const std::vector<std::string> arguments(values + 1, values + count);
  if (arguments.empty() || arguments[0] == "--help" || arguments[0] == "-h" || arguments[0] == "help") {
    print_help();
    return arguments.empty() ? cli::kUsersMistake : cli::kSuccess;
  }
  if (arguments[0] == "--version") {
    fmt::print("hashloom {}\n", HASHLOOM_VERSION);
    return cli::kSuccess;
  }
  const auto is_named = [&](const cli::Command& command) { return arguments[0] == command.name; };
  const auto command = std::ranges::find_if(cli::commands(), is_named);
  if (command == cli::commands().end()) return unknown_command(arguments[0]);
  if (command->computes) cli::let_threads_sleep(values);
  try {
    return flushed(command->run({arguments.begin() + 1, arguments.end()}));
  } catch (...) {
    return current_failure();
  }
}
