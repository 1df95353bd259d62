#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cli/output.hpp>
#include <cli/workflow_options.hpp>
#include <cstring>
#include <graph/graph.hpp>
#include <store/atomic_file.hpp>

extern char** environ;

namespace hashloom::cli {
namespace {

namespace po = boost::program_options;

const std::vector<std::string> kFormats{"text", "dot", "svg"};

/// A file that goes when it is no longer needed.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& text) {
    std::string name = (std::filesystem::temp_directory_path() / "hashloom-XXXXXX").string();
    const int file = mkstemp(name.data());
    if (file < 0) throw Error(fmt::format("no temporary file can be made: {}", std::strerror(errno)));
    close(file);
    path_ = name;
    store::write_atomically(path_, text);
  }
  ~TemporaryFile() { std::filesystem::remove(path_); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

/// Draws with Graphviz, on standard output or into `file`.
void draw(const std::string& dot, const std::string& file) {
  const TemporaryFile text(dot);
  std::vector<std::string> words{"dot", "-Tsvg", text.path()};
  if (!file.empty()) words.push_back("-o" + file);
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t process = 0;
  if (posix_spawnp(&process, "dot", nullptr, nullptr, arguments.data(), environ) != 0)
    throw ParameterError("SVG is drawn by Graphviz's program 'dot', which is not installed",
                         "apt-get install graphviz; or --format dot, and draw it elsewhere");
  int status = 0;
  waitpid(process, &status, 0);
  if (status != 0)
    throw Error("Graphviz's 'dot' failed; what it said stands above", "--format dot shows what it was given");
}

}  // namespace

int graph(const std::vector<std::string>& arguments) {
  po::options_description options("options");
  add_workflow_options(options);
  add_format_option(options, kFormats, "SVG needs Graphviz: ");
  add_output_option(options);
  const auto values = parse(command_named("graph"), arguments, options, {"file"});
  if (!values) return kSuccess;
  const auto format = format_from(*values, kFormats), output = output_from(*values);
  auto catalogue = catalogue_from(*values);
  const auto workflow = workflow_from(*values, catalogue);
  if (format == "svg")
    draw(graph::to_dot(workflow), output);
  else
    put(format == "dot" ? graph::to_dot(workflow) : graph::to_text(workflow), output);
  return kSuccess;
}

}  // namespace hashloom::cli
