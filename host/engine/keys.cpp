#include <engine/keys.hpp>
#include <events/sha256.hpp>
#include <nlohmann/json.hpp>

namespace hashloom::engine {

std::string key_of(const Worker& worker, const Ports& inputs, const Machine& machine, std::optional<uint64_t> seed) {
  nlohmann::json parts{{"component", worker.info->id},
                       {"build_id", worker.info->build_id},
                       {"sdk_abi", HASHLOOM_SDK_ABI},
                       {"libtorch", TORCH_VERSION},
                       {"device", c10::DeviceTypeName(machine.device.type())},
                       {"bf16", machine.bf16},
                       {"threads", machine.threads},
                       {"instructions", instruction_set()}};
  for (const auto& [name, value] : worker.params.values()) parts["params"][name] = {type_name(value), to_text(value)};
  for (const auto& [port, value] : inputs) parts["inputs"][port] = value.key;
  if (worker.instance.dataset)
    for (const auto& file : worker.instance.dataset->files())
      if (std::filesystem::is_regular_file(file)) parts["files"].push_back(events::sha256_of_file(file));
  if (seed) parts["seed"] = *seed;
  return events::sha256(parts.dump());
}

}  // namespace hashloom::engine
