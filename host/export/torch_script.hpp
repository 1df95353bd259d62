#pragma once
#include <encoder/model.hpp>
#include <plugins/components.hpp>

namespace hashloom::exports {

/// Writes the stages of an encoder as one TorchScript module: forward(images uint8 [n, C, H, W]) gives the last stage's
/// outputs, float32 [n, bits], bits(images) the codes, bool [n, bits]. Pictures have to be fitted before; encoder.json
/// is an extra file in it. Throws DataError if a component does not say what it computes as TorchScript, and BadInput
/// if it can't be made; std::system_error if the file can't be written.
/// Gives warnings: of plugins that were rebuilt since the run.
std::vector<std::string> export_torch_script(const encoder::Model& model, plugins::Components& components,
                                             const std::filesystem::path& file);

}  // namespace hashloom::exports
