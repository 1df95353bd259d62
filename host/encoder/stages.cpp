#include <ATen/core/grad_mode.h>
#include <c10/core/Device.h>
#include <fmt/format.h>

#include <encoder/stages.hpp>
#include <plugins/batch_map.hpp>

namespace hashloom::encoder {
namespace {

/// The stage's parameters; of those that the plugin has only now, the defaults.
Params params_for(const ModelStage& stage, const Schema& schema) {
  auto values = stage.params;
  for (const auto& param : schema.params()) values.try_emplace(param.name, param.fallback);
  return Params(values);
}

Instance made(const ModelStage& stage, const plugins::ComponentInfo& info) {
  auto instance = info.make(params_for(stage, info.schema));
  State state(stage.state);
  instance.component->state(state);
  if (instance.network) instance.network->attach(at::kCPU);
  return instance;
}

Error cant_be_made(const ModelStage& stage, const std::string& why) {
  return Error(fmt::format("stage '{}': {} can't go on from what it had learned: {}", stage.name, stage.uses, why),
               fmt::format("use plugin '{}' {} as the run did (build {}), or run the workflow again", stage.plugin,
                           stage.plugin_version, stage.build_id.substr(0, 12)));
}

}  // namespace

Stages::Stages(const Model& model, plugins::Components& components, std::vector<Error>& mistakes) {
  for (const auto& stage : model.stages) {
    try {
      const auto& info = components.get(stage.uses);
      if (info.build_id != stage.build_id)
        warnings_.push_back(fmt::format("plugin '{}' {} was rebuilt since the run: codes may differ from the run's",
                                        info.plugin, info.plugin_version));
      working_.push_back({stage.uses, made(stage, info)});
    } catch (const plugins::PluginError& error) {
      mistakes.emplace_back(fmt::format("stage '{}': {}", stage.name, error.what()), error.remedy());
    } catch (const std::exception& error) {
      mistakes.push_back(cant_be_made(stage, error.what()));
    }
  }
}

Tensor Stages::bits(const Tensor& images) const {
  const at::NoGradGuard no_grad;
  Tensor batch = images;
  for (const auto& [id, instance] : working_) batch = plugins::map_batch(id, instance, batch);
  return batch;
}

std::vector<TorchScript> Stages::torch_scripts() const {
  std::vector<TorchScript> scripts;
  std::string silent;
  for (const auto& [id, instance] : working_)
    if (auto script = instance.component->torch_script())
      scripts.push_back(std::move(*script));
    else
      silent += (silent.empty() ? "" : ", ") + id;
  if (silent.empty()) return scripts;
  throw DataError(silent + " can't be said as TorchScript: its plugin has no torch_script()",
                  "hashloom export RUN model.hloom makes a file that hashloom encode takes");
}

}  // namespace hashloom::encoder
