#include <fmt/format.h>
#include <torch/csrc/jit/api/module.h>

#include <encoder/encode.hpp>
#include <encoder/stages.hpp>
#include <export/torch_script.hpp>
#include <hashloom/torch_script.hpp>
#include <sstream>
#include <store/atomic_file.hpp>

namespace hashloom::exports {
namespace {

using torch::jit::Module;

Module module_named(const std::string& name) {
  Module module("__torch__.hashloom." + name);  // other names are not found again when it is loaded
  module.register_attribute("training", c10::BoolType::get(), false);
  return module;
}

Module module_of(const TorchScript& script, const std::string& name) {
  auto module = module_named(name);
  for (const auto& [tensor_name, tensor] : script.tensors) module.register_buffer(tensor_name, tensor);
  module.define(script.source);
  return module;
}

/// "self.stage2.METHOD(self.stage1.forward(images))"
std::string chain(size_t stages, const std::string& method) {
  std::string text = "images";
  for (size_t i = 1; i <= stages; ++i)
    text = fmt::format("self.stage{}.{}({})", i, i == stages ? method : "forward", text);
  return text;
}

Module whole(const std::vector<TorchScript>& scripts) {
  auto module = module_named("Encoder");
  for (size_t i = 0; i < scripts.size(); ++i) {
    const auto name = fmt::format("stage{}", i + 1);
    module.register_module(name, module_of(scripts[i], fmt::format("Stage{}", i + 1)));
  }
  for (const char* method : {"forward", "bits"})
    module.define(
        fmt::format("def {}(self, images: Tensor) -> Tensor:\n    return {}\n", method, chain(scripts.size(), method)));
  return module;
}

}  // namespace

std::vector<std::string> export_torch_script(const encoder::Model& model, plugins::Components& components,
                                             const std::filesystem::path& file) {
  std::vector<Error> mistakes;
  const encoder::Stages stages(model, components, mistakes);
  if (!mistakes.empty()) throw encoder::BadInput(std::move(mistakes));
  std::ostringstream bytes;
  whole(stages.torch_scripts()).save(bytes, {{"encoder.json", encoder::description_of(model)}});
  store::write_atomically(file, bytes.str());
  return stages.warnings();
}

}  // namespace hashloom::exports
