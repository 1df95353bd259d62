#include <dlfcn.h>
#include <fmt/format.h>

#include <engine/keys.hpp>
#include <events/sha256.hpp>
#include <random>

namespace hashloom::engine {
namespace {

constexpr std::string_view kOneTime = "once-";

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

/// By file name, so that a plan can say which file changed; the folder does not matter.
nlohmann::json hashes_of(const std::vector<std::filesystem::path>& files) {
  auto hashes = nlohmann::json::array();
  std::error_code ignored;
  for (const auto& file : files)
    if (std::filesystem::is_regular_file(file, ignored))
      hashes.push_back({file.filename().string(), events::sha256_of_file(file)});
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

nlohmann::json key_parts(const Worker& worker, const Ports& inputs, const Machine& machine, int64_t round,
                         const std::string& previous) {
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
  if (round > 0) parts["round"] = round;
  if (!previous.empty()) parts["previous"] = previous;
  return parts;
}

std::string key_from(nlohmann::json parts, std::optional<uint64_t> seed) {
  if (seed) parts["seed"] = *seed;
  return events::sha256(parts.dump());
}

std::string key_of_one_time() {
  std::random_device random;
  return fmt::format("{}{:08x}{:08x}{:08x}{:08x}", kOneTime, random(), random(), random(), random());
}

bool is_one_time(const std::string& key) { return key.starts_with(kOneTime); }

}  // namespace hashloom::engine
