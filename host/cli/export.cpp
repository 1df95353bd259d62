#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cli/command.hpp>
#include <encoder/model.hpp>
#include <hashloom/errors.hpp>
#include <system_error>
#include <workflow/diagnostics.hpp>

namespace hashloom::cli {
namespace {

namespace fs = std::filesystem;
namespace po = boost::program_options;

struct Kind {
  std::string name, ending;
  const char* help;
  void (*write)(const fs::path& run, const fs::path& target);
};

void write_model(const fs::path& run, const fs::path& target) {
  encoder::write_portable(target, encoder::read_model(run));
  fmt::print("{}: encodes pictures with: hashloom encode {} PICTURES... -o codes.npy\n", target.string(),
             target.string());
}

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> all{
      {"hloom", ".hloom", "what encodes pictures, in one file", write_model},
  };
  return all;
}

std::string listed() {
  std::string all;
  for (const auto& kind : kinds()) all += fmt::format("{}{} ({})", all.empty() ? "" : ", ", kind.name, kind.help);
  return all;
}

const Kind& kind_named(const std::string& name) {
  std::vector<std::string> names;
  for (const auto& kind : kinds()) {
    if (kind.name == name) return kind;
    names.push_back(kind.name);
  }
  const auto near = workflow::nearest(name, names);
  throw UsageError(fmt::format("--as {}: there is no such export; {}there are: {}", name,
                               near.empty() ? "" : fmt::format("did you mean '{}'? ", near), listed()));
}

/// "codes/" and "codes" end in "codes", "model.hloom" in ".hloom".
std::string ending_of(const fs::path& target) {
  const auto last = target.has_filename() ? target.filename() : target.parent_path().filename();
  return last.has_extension() ? last.extension().string() : last.string();
}

const Kind& kind_of(const std::string& target) {
  const auto ending = ending_of(target);
  std::vector<std::string> endings;
  for (const auto& kind : kinds()) {
    if (kind.ending == ending) return kind;
    endings.push_back(kind.ending);
  }
  const auto near = workflow::nearest(ending, endings);
  throw UsageError(fmt::format("'{}' does not tell what to export; {}its end may be: {}; or say --as KIND", target,
                               near.empty() ? "" : fmt::format("did you mean '{}'? ", near), fmt::join(endings, ", ")));
}

}  // namespace

int export_run(const std::vector<std::string>& arguments) {
  po::options_description options("options");
  options.add_options()("as", po::value<std::string>()->value_name("KIND"),
                        ("what to make, where TARGET's end does not tell: " + listed()).c_str());
  const auto values = parse(command_named("export"), arguments, options, {"run", "target"});
  if (!values) return kSuccess;
  if (!values->count("target")) throw UsageError("name a run and what to make of it: hashloom export RUN model.hloom");
  const auto targets = (*values)["target"].as<std::vector<std::string>>();
  if (targets.size() != 1) throw UsageError("give one run and one target");
  const auto& kind = values->count("as") ? kind_named((*values)["as"].as<std::string>()) : kind_of(targets[0]);
  try {
    kind.write((*values)["run"].as<std::vector<std::string>>()[0], targets[0]);
    return kSuccess;
  } catch (const std::system_error& error) {
    throw DataError(fmt::format("'{}' can't be written: {}", targets[0], error.code().message()),
                    "name another target");
  }
}

}  // namespace hashloom::cli
