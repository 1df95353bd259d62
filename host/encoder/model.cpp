#include <ATen/ops/empty.h>
#include <fmt/format.h>

#include <cstring>
#include <encoder/image_spec.hpp>
#include <encoder/model.hpp>
#include <events/sha256.hpp>
#include <fstream>
#include <hashloom/errors.hpp>
#include <store/atomic_file.hpp>
#include <store/tensor_file.hpp>

namespace hashloom::encoder {
namespace {

using nlohmann::json;

constexpr int64_t kFormat = 1;
constexpr const char* kDescription = "encoder.json";

/// A hash over names, types, shapes and bytes, so that no part of a file can be altered unnoticed.
std::string hash_of(const std::map<std::string, Tensor>& state) {
  std::string all;
  for (const auto& [name, tensor] : state) {
    const Tensor dense = tensor.contiguous();
    const std::span bytes(static_cast<const std::byte*>(dense.const_data_ptr()), dense.nbytes());
    all += fmt::format("{} {} {}\n", name, describe(tensor), events::sha256(bytes));
  }
  return events::sha256(all);
}

json described(const ModelStage& stage) {
  return {{"stage", stage.name},
          {"uses", stage.uses},
          {"plugin", stage.plugin},
          {"plugin_version", stage.plugin_version},
          {"build_id", stage.build_id},
          {"round", stage.round},
          {"input", stage.input},
          {"output", stage.output},
          {"with", workflow::to_json(stage.params)},
          {"state_sha256", hash_of(stage.state)}};
}

ModelStage stage_from(const json& written) {
  return {written.at("stage"),
          written.at("uses"),
          written.at("plugin"),
          written.at("plugin_version"),
          written.at("build_id"),
          written.at("round"),
          written.at("input"),
          written.at("output"),
          workflow::values_from_json(written.at("with")),
          {}};
}

/// `state_of` gives what a stage of that name has learned.
template <class StateOf>
Model model_from(const json& written, StateOf state_of) {
  if (const int64_t format = written.at("format"); format > kFormat)
    throw DataError(fmt::format("it is of format {}, this program reads {}", format, kFormat),
                    "use the Hashloom that made it, or a newer one");
  if (written.contains("why_not"))
    throw DataError("the run can't encode pictures: " + written["why_not"].get<std::string>(),
                    "name codes that are made of images, with 'encoder:' in its workflow");
  Model model{written.at("run"),  written.at("codes"),   image_spec_from(written.at("images")),
              written.at("bits"), written.at("threads"), {}};
  for (const auto& one : written.at("stages")) {
    auto stage = stage_from(one);
    stage.state = state_of(stage.name);
    if (hash_of(stage.state) != one.at("state_sha256"))
      throw DataError(fmt::format("what '{}' has learned was altered", stage.name));
    model.stages.push_back(std::move(stage));
  }
  if (model.stages.empty()) throw DataError("it has no stages");
  return model;
}

std::filesystem::path state_file(const std::filesystem::path& folder, const std::string& stage) {
  return folder / (stage + ".safetensors");
}

Model read_folder(const std::filesystem::path& folder) {
  std::ifstream in(folder / kDescription);
  return model_from(json::parse(in),
                    [&](const std::string& stage) { return store::read(state_file(folder, stage)).tensors; });
}

Tensor bytes_of(const std::string& text) {
  Tensor bytes = at::empty({static_cast<int64_t>(text.size())}, at::kByte);
  std::memcpy(bytes.mutable_data_ptr(), text.data(), text.size());
  return bytes;
}

std::string text_of(const Tensor& bytes) {
  if (bytes.scalar_type() != at::kByte) throw DataError("its description is no text");
  return {static_cast<const char*>(bytes.const_data_ptr()), static_cast<size_t>(bytes.numel())};
}

Model read_portable(const std::filesystem::path& file) {
  const auto stored = store::read(file);
  const auto description = stored.tensors.find(kDescription);
  if (description == stored.tensors.end()) throw DataError("it is a tensor file, but no encoder");
  return model_from(json::parse(text_of(description->second)), [&](const std::string& stage) {
    std::map<std::string, Tensor> state;
    const auto prefix = stage + "/";
    for (const auto& [name, tensor] : stored.tensors)
      if (name.starts_with(prefix)) state[name.substr(prefix.size())] = tensor;
    return state;
  });
}

Model read_existing(const std::filesystem::path& run_or_file) {
  if (!std::filesystem::is_directory(run_or_file)) return read_portable(run_or_file);
  const auto folder = run_or_file / "encoder";
  if (std::filesystem::exists(folder / kDescription)) return read_folder(folder);
  if (!std::filesystem::exists(run_or_file / "run.json"))
    throw DataError("it is no run's folder: it has no run.json", "see: hashloom runs");
  throw DataError("the run has no encoder yet",
                  fmt::format("a run saves it when it finishes: hashloom resume {}", run_or_file.string()));
}

}  // namespace

std::string description_of(const Model& model) {
  json stages = json::array();
  for (const auto& stage : model.stages) stages.push_back(described(stage));
  const json all{
      {"format", kFormat},  {"run", model.run},         {"codes", model.codes}, {"images", to_json(model.images)},
      {"bits", model.bits}, {"threads", model.threads}, {"stages", stages}};
  return all.dump(1, ' ', false, json::error_handler_t::replace) + "\n";
}

void save_in_run(const std::filesystem::path& run, const Model& model) {
  const auto folder = run / "encoder";
  for (const auto& stage : model.stages)
    store::write(state_file(folder, stage.name), {stage.state, {{"build_id", stage.build_id}}});
  store::write_atomically(folder / kDescription, description_of(model));
}

void save_why_not(const std::filesystem::path& run, const std::string& why_not) {
  store::write_atomically(run / "encoder" / kDescription,
                          json{{"format", kFormat}, {"why_not", why_not}}.dump(1) + "\n");
}

void write_portable(const std::filesystem::path& file, const Model& model) {
  store::TensorFile all{{{kDescription, bytes_of(description_of(model))}}, {{"hashloom", "encoder"}}};
  for (const auto& stage : model.stages)
    for (const auto& [name, tensor] : stage.state) all.tensors[stage.name + "/" + name] = tensor;
  store::write(file, all);
}

Model read_model(const std::filesystem::path& run_or_file) {
  const auto where = run_or_file.string();
  if (!std::filesystem::exists(run_or_file))
    throw DataError(fmt::format("there is no '{}'", where),
                    "name a run's folder (see: hashloom runs) or a .hloom file");
  try {
    return read_existing(run_or_file);
  } catch (const DataError& error) {
    throw DataError(fmt::format("{}: {}", where, error.what()),
                    error.remedy().empty() ? "export it anew with: hashloom export RUN model.hloom" : error.remedy());
  } catch (const store::CorruptFile& error) {
    throw DataError(error.what(), "export it anew with: hashloom export RUN model.hloom");
  } catch (const std::filesystem::filesystem_error& error) {
    throw DataError(fmt::format("{}: a file of its encoder can't be read: {}", where, error.what()),
                    "run it anew: hashloom run");
  } catch (const json::exception& error) {
    throw DataError(fmt::format("{}: not an encoder's description: {}", where, error.what()),
                    "export it anew with: hashloom export RUN model.hloom");
  }
}

}  // namespace hashloom::encoder
