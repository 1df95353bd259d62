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
std::filesystem::path beside_this() {
  return std::filesystem::read_symlink("/proc/self/exe").parent_path() / "hashloom-dash";
}

std::filesystem::path dashboard() {
  const auto program = beside_this();
  if (!std::filesystem::exists(program))
    throw Error(fmt::format("this Hashloom was built without its dashboard: there is no {}", program.string()),
                "run ./setup.sh, then build with -DHASHLOOM_DASHBOARD=ON; without it: hashloom runs");
  return program;
}

}  // namespace

int dash(const std::vector<std::string>& arguments) {
  const bool only_help = arguments == std::vector<std::string>{"--help"} && !std::filesystem::exists(beside_this());
  if (only_help) {
    fmt::print("usage: hashloom dash [RUNS] [options]\nThis Hashloom was built without its dashboard.\n");
    return kSuccess;
  }
  const auto program = dashboard().string();
  std::vector<char*> values{const_cast<char*>(program.c_str())};
  for (const auto& argument : arguments) values.push_back(const_cast<char*>(argument.c_str()));
  values.push_back(nullptr);
  ::execv(program.c_str(), values.data());
  throw Error(fmt::format("{} can't be started: {}", program, std::strerror(errno)), "");
}

}  // namespace hashloom::cli
