#pragma once
#include <encoder/model.hpp>
#include <hashloom/errors.hpp>
#include <plugins/components.hpp>

namespace hashloom::encoder {

/// A model's stages at work, one after the other.
class Stages {
 public:
  /// Makes every stage's component and lets it load what it has learned. What can't be made is added to `mistakes`, a
  /// plugin that was rebuilt since the run to warnings().
  Stages(const Model& model, plugins::Components& components, std::vector<Error>& mistakes);

  /// uint8 [n, C, H, W] as model.images says -> bool [n, bits]; n is at most plugins::kBatch. Throws ShapeError.
  Tensor bits(const Tensor& images) const;
  /// Of every stage. Throws DataError, naming those whose components say nothing as TorchScript.
  std::vector<TorchScript> torch_scripts() const;
  const std::vector<std::string>& warnings() const { return warnings_; }

 private:
  struct Working {
    std::string id;
    Instance instance;
  };

  std::vector<Working> working_;
  std::vector<std::string> warnings_;
};

}  // namespace hashloom::encoder
