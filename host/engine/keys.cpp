#include <dlfcn.h>

#include <engine/keys.hpp>
#include <events/sha256.hpp>
#include <nlohmann/json.hpp>

namespace hashloom::engine {
namespace {

/// SHA-256 of the SDK's library and of the one beside it for those who train: their code makes results too.
const std::string& sdk_build() {
  static const std::string build = [] {
    Dl_info sdk{};
    if (!dladdr(reinterpret_cast<const void*>(static_cast<const char* (*)(Split)>(&name)), &sdk)) return std::string();
    const std::filesystem::path library = sdk.dli_fname, trains = library.parent_path() / "libhashloom_train.so";
    return events::sha256_of_file(library) + (std::filesystem::exists(trains) ? events::sha256_of_file(trains) : "");
  }();
  return build;
}

nlohmann::json hashes_of(const std::vector<std::filesystem::path>& files) {
  auto hashes = nlohmann::json::array();
  std::error_code ignored;
  for (const auto& file : files)
    if (std::filesystem::is_regular_file(file, ignored)) hashes.push_back(events::sha256_of_file(file));
  return hashes;
}

std::vector<std::filesystem::path> named_files(const Worker& worker) {
  std::vector<std::filesystem::path> files;
  if (worker.instance.dataset) files = worker.instance.dataset->files();
  for (const auto& [name, value] : worker.params.values())
    if (const auto* text = std::get_if<std::string>(&value); text && !text->empty()) files.emplace_back(*text);
  return files;
}

}  // namespace

std::string key_of(const Worker& worker, const Ports& inputs, const Machine& machine, std::optional<uint64_t> seed) {
  nlohmann::json parts{{"component", worker.info->id},
                       {"build_id", worker.info->build_id},
                       {"sdk_abi", HASHLOOM_SDK_ABI},
                       {"sdk_build", sdk_build()},
                       {"host", HASHLOOM_VERSION},
                       {"libtorch", TORCH_VERSION},
                       {"device", c10::DeviceTypeName(machine.device.type())},
                       {"bf16", machine.bf16},
                       {"threads", machine.threads},
                       {"instructions", instruction_set()}};
  for (const auto& [name, value] : worker.params.values())
    parts["params"][name] = {type_name(value),
                             std::visit([](const auto& held) { return nlohmann::json(held); }, value)};
  for (const auto& [port, value] : inputs) parts["inputs"][port] = value.key;
  parts["files"] = hashes_of(named_files(worker));
  if (seed) parts["seed"] = *seed;
  return events::sha256(parts.dump());
}

}  // namespace hashloom::engine
