#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <hashloom/errors.hpp>
#include <map>
#include <plugins/catalogue.hpp>
#include <plugins/component_id.hpp>
#include <plugins/new_project.hpp>
#include <sstream>

namespace hashloom::plugins {
namespace {

namespace fs = std::filesystem;

std::string with_underscores(std::string name) {
  for (char& c : name)
    if (c == '-') c = '_';
  return name;
}

/// "my-thing" -> "MyThing"
std::string capitalised(const std::string& name) {
  std::string joined;
  bool is_start = true;
  for (const char c : name) {
    if (c != '-') joined += is_start ? static_cast<char>(std::toupper(c)) : c;
    is_start = c == '-';
  }
  return joined;
}

/// Ends with the role and is no class of the SDK.
std::string class_of(const std::string& role, const std::string& name) {
  const auto joined = capitalised(name) + capitalised(role);
  return joined == "InitialHasher" || joined == "HashNetwork" ? "My" + joined : joined;
}

std::string read(const fs::path& file) {
  std::ifstream in(file);
  std::stringstream text;
  text << in.rdbuf();
  if (!in)
    throw Error(fmt::format("{} can't be read", file.string()), "install Hashloom anew: its templates are not whole");
  return text.str();
}

std::string filled(std::string text, const std::map<std::string, std::string>& words) {
  for (const auto& [word, value] : words)
    for (size_t at = 0; (at = text.find(word, at)) != std::string::npos; at += value.size())
      text.replace(at, word.size(), value);
  return text;
}

void require_room(const fs::path& folder) {
  if (fs::exists(folder) && !fs::is_directory(folder))
    throw ParameterError(fmt::format("'{}' is a file", folder.string()), "name a folder that does not exist yet");
  if (fs::exists(folder) && !fs::is_empty(folder))
    throw ParameterError(fmt::format("'{}' is not empty", folder.string()), "name a folder that does not exist yet");
}

std::map<std::string, std::string> words_of(const NewProject& project) {
  return {{"@ID@", project.role + "/" + project.name},
          {"@NAME@", project.name},
          {"@FILE@", project.file},
          {"@CLASS@", project.class_name},
          {"@TRAINS@", project.role == "network" ? "TRAINS " : ""},
          {"@SDK@", (program_root() / "lib/cmake/HashloomSDK").string()}};
}

/// Template -> file of the project.
std::map<std::string, std::string> files_of(const NewProject& project) {
  return {{"common/CMakeLists.txt", "CMakeLists.txt"},
          {"common/README.md", "README.md"},
          {"common/gitignore", ".gitignore"},
          {"common/clang-format", ".clang-format"},
          {project.role + "/component.cpp", project.file + ".cpp"},
          {project.role + "/workflow.yaml", project.name + ".yaml"}};
}

/// A folder beside the project's, gone at the end whatever happened.
struct Draft {
  fs::path folder;
  ~Draft() {
    std::error_code ignored;
    fs::remove_all(folder, ignored);
  }
};

void write_files(const NewProject& project, const fs::path& folder) {
  const auto templates = program_root() / "share/hashloom/templates";
  for (const auto& [from, to] : files_of(project)) {
    std::ofstream out(folder / to);
    out << filled(read(templates / from), words_of(project)) << std::flush;
    if (!out) throw Error(fmt::format("{} can't be written", (folder / to).string()), "make room on the disk");
  }
}

/// An empty folder that is there stays the same folder: somebody may be in it.
void put(const fs::path& made, const fs::path& folder) {
  if (!fs::exists(folder)) return fs::rename(made, folder);
  for (const auto& file : fs::directory_iterator(made)) fs::rename(file, folder / file.path().filename());
  fs::remove(made);
}

}  // namespace

NewProject new_project(const std::string& id) {
  const auto parts = component_id(id);
  if (!parts || std::isdigit(static_cast<unsigned char>(parts->name[0])))
    throw ParameterError(fmt::format("'{}' is no component's id", id),
                         "it is role/kebab-name, at most 64 characters, such as hasher/my-thing");
  if (!std::ranges::count(roles(), parts->role))
    throw ParameterError(fmt::format("there is no role '{}'", parts->role),
                         fmt::format("roles are: {}", fmt::join(roles(), ", ")));
  return {parts->role, parts->name, with_underscores(parts->name), class_of(parts->role, parts->name)};
}

void write_project(const NewProject& project, const fs::path& folder) {
  require_room(folder);
  const auto whole = fs::absolute(folder / "").lexically_normal().parent_path();  // without a slash at its end
  const Draft draft{fmt::format("{}.tmp{}", whole.string(), ::getpid())};
  try {
    fs::create_directories(draft.folder);
    write_files(project, draft.folder);
    put(draft.folder, whole);
  } catch (const fs::filesystem_error& error) {
    throw Error(fmt::format("'{}' can't be made: {}", folder.string(), error.code().message()),
                "name a folder where you may write");
  }
}

}  // namespace hashloom::plugins
