#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cli/workflow_options.hpp>
#include <encoder/model.hpp>
#include <export/codes.hpp>
#include <export/tensorboard.hpp>
#include <export/torch_script.hpp>
#include <hashloom/errors.hpp>
#include <system_error>
#include <workflow/diagnostics.hpp>

namespace hashloom::cli {
namespace {

namespace fs = std::filesystem;
namespace po = boost::program_options;
using Texts = std::vector<std::string>;

struct Request {
  fs::path run, target;
  const po::variables_map& options;
};

void write_model(const Request& asked) {
  encoder::write_portable(asked.target, encoder::read_model(asked.run));
  fmt::print("{0}: encodes pictures with: hashloom encode {0} PICTURES... -o codes.npy\n", asked.target.string());
}

void write_torch_script(const Request& asked) {
  const auto model = encoder::read_model(asked.run);
  auto catalogue = catalogue_from(asked.options);
  for (const auto& warning : exports::export_torch_script(model, catalogue, asked.target))
    fmt::print(stderr, "warning: {}\n", warning);
  const auto& images = model.images;
  fmt::print("{}: forward(images uint8 [n, {}, {}, {}]) gives [n, {}], bits(images) the codes\n", asked.target.string(),
             images.channels, images.height, images.width, model.bits);
}

void write_codes(const Request& asked) {
  const auto packing = asked.options.count("unpacked") ? exports::Packing::bits : exports::Packing::words;
  for (const auto& made : exports::export_codes(asked.run, asked.target, packing))
    fmt::print("{}: {} [{}, {}], {} bits a code\n", made.file.string(), made.type, made.items, made.columns, made.bits);
}

void write_tensorboard(const Request& asked) {
  const auto made = exports::export_tensorboard(asked.run, asked.target);
  fmt::print("{}: {} figures, {} pictures; look at them with: tensorboard --logdir {}\n", made.file.string(),
             made.figures, made.pictures, asked.target.string());
}

struct Kind {
  std::string name;
  Texts endings;
  void (*write)(const Request& asked);
};

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> all{{"hloom", {".hloom"}, write_model},
                                     {"torchscript", {".pt"}, write_torch_script},
                                     {"codes", {"codes", ".npy"}, write_codes},
                                     {"tensorboard", {"tensorboard"}, write_tensorboard}};
  return all;
}

/// The kind that has `word` among what `words_of` gives; `complaint` says what is wrong with another word.
template <class WordsOf>
const Kind& kind_with(const std::string& word, WordsOf words_of, const std::string& complaint) {
  Texts known;
  for (const auto& kind : kinds())
    for (const auto& one : words_of(kind)) {
      if (one == word) return kind;
      known.push_back(one);
    }
  const auto near = workflow::nearest(word, known);
  throw UsageError(fmt::format("{}; {}there are: {}", complaint,
                               near.empty() ? "" : fmt::format("did you mean '{}'? ", near), fmt::join(known, ", ")));
}

/// "codes/" and "codes" end in "codes", "model.hloom" in ".hloom".
std::string ending_of(const fs::path& target) {
  const auto last = target.has_filename() ? target.filename() : target.parent_path().filename();
  return last.has_extension() ? last.extension().string() : last.string();
}

const Kind& kind_asked(const po::variables_map& values, const std::string& target) {
  if (!values.count("as"))
    return kind_with(
        ending_of(target), [](const Kind& kind) { return kind.endings; },
        fmt::format("the end of '{}' does not tell what to make; --as KIND does", target));
  const auto name = values["as"].as<std::string>();
  return kind_with(
      name, [](const Kind& kind) { return Texts{kind.name}; }, fmt::format("--as takes no '{}'", name));
}

}  // namespace

int export_run(const std::vector<std::string>& arguments) {
  po::options_description options("options");
  options.add_options()("as", po::value<std::string>()->value_name("KIND"),
                        "hloom, torchscript, codes or tensorboard, where the end of TARGET does not tell")(
      "unpacked", "codes as uint8 [items, bits] of 0 and 1");
  add_plugin_options(options);
  const auto values = parse(command_named("export"), arguments, options, {"run", "target"});
  if (!values) return kSuccess;
  if (!values->count("target") || (*values)["target"].as<Texts>().size() != 1)
    throw UsageError("name a run and one target: model.hloom, network.pt, codes/, codes.npy or tensorboard/");
  const auto target = (*values)["target"].as<Texts>()[0];
  const auto& kind = kind_asked(*values, target);
  if (values->count("unpacked") && kind.name != "codes") throw UsageError("--unpacked is for codes");
  try {
    kind.write({(*values)["run"].as<Texts>()[0], target, *values});
    return kSuccess;
  } catch (const std::system_error& error) {
    throw DataError(fmt::format("'{}' can't be written: {}", target, error.code().message()), "name another target");
  }
}

}  // namespace hashloom::cli
