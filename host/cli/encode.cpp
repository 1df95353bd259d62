#include <fmt/format.h>

#include <cli/output.hpp>
#include <cli/workflow_options.hpp>
#include <encoder/encode.hpp>
#include <engine/machine.hpp>
#include <events/npy.hpp>
#include <store/atomic_file.hpp>
#include <system_error>

namespace hashloom::cli {
namespace {

namespace fs = std::filesystem;
namespace po = boost::program_options;
using nlohmann::json;

std::string digits_of(const Codes& codes, int64_t item) {
  std::string digits;
  for (int64_t bit = 0; bit < codes.bits(); ++bit) digits += (codes.row(item)[bit / 64] >> (bit % 64)) & 1 ? '1' : '0';
  return digits;
}

json to_json(const encoder::Model& model, const encoder::Encoded& encoded) {
  auto pictures = json::array();
  for (size_t i = 0; i < encoded.names.size(); ++i)
    pictures.push_back({{"picture", encoded.names[i]}, {"code", digits_of(encoded.codes, static_cast<int64_t>(i))}});
  return {{"run", model.run}, {"bits", model.bits}, {"pictures", pictures}};
}

void write(const fs::path& file, const encoder::Model& model, const encoder::Encoded& encoded) {
  const auto& codes = encoded.codes;
  const json names{{"run", model.run}, {"bits", model.bits}, {"pictures", encoded.names}};
  const auto names_file = fs::path(file).replace_extension(".json");
  try {
    store::write_atomically(file, {events::npy(codes.words(), codes.items(), codes.words_per_item())});
    store::write_atomically(names_file, to_text(names));
  } catch (const std::system_error& error) {
    throw DataError(fmt::format("'{}' can't be written: {}", file.string(), error.code().message()),
                    "name another place with -o FILE.npy");
  }
  fmt::print("{}: uint64 [{}, {}], {} bits a code\n{}: their pictures\n", file.string(), codes.items(),
             codes.words_per_item(), codes.bits(), names_file.string());
}

/// The run's threads: their number decides how sums are rounded.
void prepare(const encoder::Model& model) {
  engine::Machine machine;
  machine.threads = model.threads;
  engine::prepare(machine);
}

std::string output_of(const po::variables_map& values) {
  if (format_from(values, {"npy", "json"}) == "json") return {};
  if (!values.count("output"))
    throw UsageError("say where the codes go: -o codes.npy; or print them with --format json");
  const auto output = values["output"].as<std::string>();
  if (fs::path(output).extension() != ".npy") throw UsageError(fmt::format("'{}' does not end in .npy", output));
  return output;
}

}  // namespace

int encode(const std::vector<std::string>& arguments) {
  po::options_description options("options");
  options.add_options()("output,o", po::value<std::string>()->value_name("FILE.npy"),
                        "uint64 [pictures, words] goes here, and the pictures' names to FILE.json beside it")(
      "format", po::value<std::string>()->default_value("npy")->value_name("FORMAT"),
      "npy, or json: each picture's code as digits, on standard output");
  add_plugin_options(options);
  const auto values = parse(command_named("encode"), arguments, options, {"encoder", "pictures"});
  if (!values) return kSuccess;
  if (!values->count("pictures"))
    throw UsageError("name a run or a .hloom file, then pictures: hashloom encode RUN images/ -o codes.npy");
  const auto output = output_of(*values);
  const auto model = encoder::read_model((*values)["encoder"].as<std::vector<std::string>>()[0]);
  const auto pictures = (*values)["pictures"].as<std::vector<std::string>>();
  auto catalogue = catalogue_from(*values);
  prepare(model);
  const auto encoded = encoder::encode(model, catalogue, {pictures.begin(), pictures.end()});
  for (const auto& warning : encoded.warnings) fmt::print(stderr, "warning: {}\n", warning);
  if (output.empty())
    print_json(to_json(model, encoded));
  else
    write(output, model, encoded);
  return kSuccess;
}

}  // namespace hashloom::cli
