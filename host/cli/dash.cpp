#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cli/command.hpp>
#include <cstring>
#include <filesystem>
#include <hashloom/errors.hpp>

namespace hashloom::cli {
namespace {

/// The window is a program of its own, so that what trains links no OpenGL.
std::string beside_this() {
  return (std::filesystem::read_symlink("/proc/self/exe").parent_path() / "hashloom-dash").string();
}

int without_dashboard(const std::string& program, const std::vector<std::string>& arguments) {
  if (arguments != std::vector<std::string>{"--help"})
    throw Error(fmt::format("this Hashloom was built without its dashboard: there is no {}", program),
                "run ./setup.sh, then build with -DHASHLOOM_DASHBOARD=ON; without it: hashloom runs");
  fmt::print("usage: hashloom dash [RUNS] [options]\nThis Hashloom was built without its dashboard.\n");
  return kSuccess;
}

}  // namespace

int dash(const std::vector<std::string>& arguments) {
  const auto program = beside_this();
  if (!std::filesystem::exists(program)) return without_dashboard(program, arguments);
  std::vector<std::string> words{program};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> values;
  for (auto& word : words) values.push_back(word.data());
  values.push_back(nullptr);
  ::execv(program.c_str(), values.data());
  throw Error(fmt::format("{} can't be started: {}", program, std::strerror(errno)), "");
}

}  // namespace hashloom::cli
