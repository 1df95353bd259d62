#include <algorithm>

#include "gan_generator.hpp"
#include "mlp_model.hpp"

using namespace hashloom;

/// A GAN of features conditional on binary codes: draws feature vectors like those that share a code, where
/// generator/dcgan draws images (Ma et al. 2018, step 2, whose D and G may be any networks). Both networks work in the
/// principal space of the training features, so that what it draws lies there: a sample has features [n, D].
class Mlp final : public GanGenerator<MlpModel> {
 public:
  static Schema schema() {
    return with_params(Schema("GAN of fully connected layers that draws features for a code"), 15)
        .param("hidden", 512, between(1, 65536), "numbers of each hidden layer")
        .param("components", 128, between(1, 65536), "principal components of the features that are drawn")
        .input("features", port::kFeatures, Need::required, "features to imitate")
        .input("codes", port::kCodes, Need::required, "their codes");
  }
  explicit Mlp(const Params& p) : GanGenerator(p), hidden_(p.integer("hidden")), components_(p.integer("components")) {}

 private:
  MlpModel make(const Setting& setting) const override {
    const MlpShape shape{.features = setting.shape.dimensions,
                         .bits = setting.bits,
                         .noise = setting.noise,
                         .hidden = hidden_,
                         .components = std::min(components_, setting.shape.dimensions)};
    return {shape, setting.device, setting.options};
  }
  void begin(MlpModel& model, const support::TrainingSet& data, Context& run) const override {
    model.initialise(data.all_features(), run.random());
  }

  int64_t hidden_, components_;
};

HASHLOOM_PLUGIN("mlp", "1.0.0", component<Mlp>("generator/mlp"))
