#include <ATen/core/grad_mode.h>
#include <ATen/ops/equal.h>
#include <gmock/gmock.h>
#include <torch/csrc/jit/serialization/import.h>

#include <encoder/stages.hpp>
#include <engine/stage_context.hpp>
#include <export/torch_script.hpp>
#include <networks/pgh_network.hpp>
#include <support/pixels.hpp>

#include "run_in_test.hpp"

namespace hashloom::test {
namespace {

constexpr int64_t kImages = 300;

const std::string kStart = R"(
name: start
seed: 3
stages:
  data: {uses: dataset/fashion-mnist, with: {images: 300, queries_per_class: 1}}
  pixel: {uses: feature/pixel, in: {images: data.images}}
  start: {uses: hasher/HASHER, in: {features: pixel.features}, with: {bits: 24}}
)";

const std::string kLoop = R"(
  pgh:
    loop: {carry: {codes: start.codes}, next: {codes: network.codes}}
    stages:
      near: {uses: generator/neighbours, in: {images: data.images, codes: pgh.codes}}
      network: {uses: network/pgh, in: {images: data.images, codes: pgh.codes, generator: near.generator}, with: {epochs: 2}}
)";

const std::string kLoopOnFeatures = R"(
  pgh:
    loop: {carry: {codes: start.codes}, next: {codes: network.codes}}
    stages:
      near: {uses: generator/neighbours, in: {features: pixel.features, codes: pgh.codes}}
      network: {uses: network/pgh, in: {features: pixel.features, codes: pgh.codes, generator: near.generator}, with: {epochs: 2}}
)";

const std::string kJointLoop = R"(
  pgh:
    loop: {carry: {codes: start.codes}, next: {codes: network.codes}}
    stages:
      network: {uses: network/pgh-joint, in: {images: data.images, codes: pgh.codes}, with: {epochs: 6, gan_width: 4}}
)";

std::string with_hasher(const std::string& name) {
  auto yaml = kStart;
  return yaml.replace(yaml.find("HASHER"), 6, name);
}

/// The encoder of a run of `yaml`, as the run saved it and as TorchScript that was read back from its file.
class Exported {
 public:
  explicit Exported(const std::string& yaml) {
    const auto folder = made_run(folder_, yaml);
    run(folder);
    model = encoder::read_model(folder);
    exports::export_torch_script(model, plugins_, folder_.path() / "network.pt");
    script = torch::jit::load((folder_.path() / "network.pt").string(), std::nullopt, extra);
    const auto& dataset = plugins_.get("dataset/fashion-mnist");
    std::map<std::string, ParamValue> params;
    for (const auto& param : dataset.schema.params()) params[param.name] = param.fallback;
    const auto made = dataset.make(Params(params));
    Watcher watcher;
    engine::Recorder recorder(folder_.path(), watcher);
    engine::StageContext context({}, recorder);
    made.dataset->load(context);
    images = made.dataset->images().train->read(0, kImages);
  }

  Tensor bits() {
    std::vector<Error> mistakes;
    return encoder::Stages(model, plugins_, mistakes).bits(images);
  }
  Tensor state(const std::string& name) const { return model.stages.back().state.at(name); }

 private:
  TemporaryFolder folder_;
  plugins::Catalogue plugins_ = all_plugins();

 public:
  encoder::Model model;
  torch::jit::Module script;
  torch::jit::ExtraFilesMap extra{{"encoder.json", ""}};
  Tensor images;  ///< real ones, uint8 [kImages, 1, 28, 28]
};

/// The network as LibTorch's modules compute it, from what it has learned.
Tensor outputs_of_modules(const encoder::Model& model, const Tensor& images) {
  const auto canvas = support::canvas_of(model.images);
  PghNetwork network(support::TrunkOptions{.canvas = canvas, .width = 16}, model.bits);
  State state(model.stages.back().state);
  visit(state, "network", *network);
  return network->forward(support::to_canvas(support::to_floats(images)), support::Statistics::running);
}

double largest_difference(const Tensor& a, const Tensor& b) { return (a - b).abs().max().item().toDouble(); }

void expect_outputs_and_codes_of_the_network(const std::string& loop) {
  Exported exported(with_hasher("lsh") + loop);  // trains, and so comes before the guard
  const at::NoGradGuard no_gradient;
  const Tensor outputs = exported.script.forward({exported.images}).toTensor();
  EXPECT_EQ(outputs.sizes(), at::IntArrayRef({kImages, 24}));
  EXPECT_GT(largest_difference(outputs, outputs.roll(1, 0)), 0.01);  // not all images are alike to it
  EXPECT_LT(largest_difference(outputs, outputs_of_modules(exported.model, exported.images)), 1e-5);
  EXPECT_TRUE(at::equal(exported.script.run_method("bits", exported.images).toTensor(), exported.bits()));
}

TEST(TorchScript, OfThePghNetworkGivesItsOutputsAndItsCodes) { expect_outputs_and_codes_of_the_network(kLoop); }

TEST(TorchScript, OfTheNetworkThatLearnsWithItsGanGivesItsOutputsAndItsCodes) {
  expect_outputs_and_codes_of_the_network(kJointLoop);
}

Tensor outputs_of_modules_on_pixels(const encoder::Model& model, const Tensor& images) {
  PghNetwork network(FeatureTrunkOptions{.dimensions = images[0].numel()}, model.bits);
  State state(model.stages.back().state);
  visit(state, "network", *network);
  return network->forward(images.flatten(1).to(at::kFloat) / 255, support::Statistics::running);
}

TEST(TorchScript, OfThePghNetworkOnFeaturesGivesItsOutputsAndItsCodes) {
  Exported exported(with_hasher("lsh") + kLoopOnFeatures);
  const at::NoGradGuard no_gradient;
  const Tensor outputs = exported.script.forward({exported.images}).toTensor();
  EXPECT_GT(largest_difference(outputs, outputs.roll(1, 0)), 0.01);
  EXPECT_LT(largest_difference(outputs, outputs_of_modules_on_pixels(exported.model, exported.images)), 1e-5);
  EXPECT_TRUE(at::equal(exported.script.run_method("bits", exported.images).toTensor(), exported.bits()));
}

TEST(TorchScript, OfFeatureAndHasherGivesProjectionsAndCodes) {
  const std::map<std::string, std::string> planes{{"lsh", "planes"}, {"itq", "projection"}};
  for (const auto& [hasher, name] : planes) {
    Exported exported(with_hasher(hasher));
    const Tensor pixels = exported.images.flatten(1).to(at::kFloat) / 255;
    const Tensor expected = (pixels - exported.state("mean")).matmul(exported.state(name));
    EXPECT_LT(largest_difference(exported.script.forward({exported.images}).toTensor(), expected), 1e-5) << hasher;
    EXPECT_TRUE(at::equal(exported.script.run_method("bits", exported.images).toTensor(), exported.bits())) << hasher;
  }
}

TEST(TorchScript, CarriesTheDescriptionOfTheEncoder) {
  const Exported exported(with_hasher("lsh"));
  EXPECT_EQ(exported.extra.at("encoder.json"), encoder::description_of(exported.model));
}

}  // namespace
}  // namespace hashloom::test
