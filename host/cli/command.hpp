#pragma once
#include <boost/program_options.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace hashloom::cli {

/// Exit statuses of the program.
inline constexpr int kSuccess = 0, kFailure = 1, kUsersMistake = 2, kInterrupted = 130;

/// One command: `hashloom NAME ...`.
struct Command {
  const char* name;
  const char* usage;  ///< what stands after the name: "FILE [options]"
  const char* help;   ///< one line
  int (*run)(const std::vector<std::string>& arguments);
  bool computes = false;  ///< with LibTorch's threads
};

int cache(const std::vector<std::string>& arguments);
int check(const std::vector<std::string>& arguments);
int control(const std::vector<std::string>& arguments);
int dash(const std::vector<std::string>& arguments);
int encode(const std::vector<std::string>& arguments);
int export_run(const std::vector<std::string>& arguments);
int fetch(const std::vector<std::string>& arguments);
int graph(const std::vector<std::string>& arguments);
int plan(const std::vector<std::string>& arguments);
int plugins(const std::vector<std::string>& arguments);
int resume(const std::vector<std::string>& arguments);
int run(const std::vector<std::string>& arguments);
int runs(const std::vector<std::string>& arguments);
int schema(const std::vector<std::string>& arguments);

/// The command line can't be used; a message for the user (exit status 2).
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Parses options and positional arguments (by name, in order; the last may be given several times). Prints the help
/// and returns nothing when asked for --help. Throws UsageError.
std::optional<boost::program_options::variables_map> parse(const Command& command,
                                                           const std::vector<std::string>& arguments,
                                                           boost::program_options::options_description options,
                                                           const std::vector<std::string>& positional);

/// All commands, in the order of the help.
const std::vector<Command>& commands();
const Command& command_named(const std::string& name);

}  // namespace hashloom::cli
