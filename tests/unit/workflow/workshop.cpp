#include "workshop.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <temporary_folder.hpp>
#include <workflow/diagnostics.hpp>
#include <workflow/load.hpp>

namespace hashloom::workflow::test {
namespace {

Schema dataset() { return Schema("toy images").param("images", 100, between(1, 60000), "how many"); }

Schema gist() {
  return Schema("gist")
      .param("orientations", 8, between(1, 16), "filters a scale")
      .param("scales", 4, between(1, 8), "sizes of filters")
      .param("grid", 4, at_least(1), "cells a side")
      .param("size", 32, at_least(8), "pixels a side");
}

Schema edges() {
  return Schema("edges")
      .param("filters", std::vector<int64_t>{8, 4}, between(1, 64), "filters a scale")
      .param("blur", 0.5, between(0, 1), "width")
      .param("colour", false, anything(), "use colour")
      .param("mode", "fast", one_of({"fast", "exact"}), "how");
}

Schema joined() {
  return Schema("joined")
      .param("bits", 32, between(1, 4096), "code length")
      .input("features", port::kFeatures, Need::repeated, "vectors to join");
}

Schema network() { return Schema("network").param("epochs", 6, between(1, 1000), "passes"); }

Schema generator() {
  return Schema("gan")
      .param("epochs", 8, between(1, 1000), "passes")
      .param("learning_rate", 5e-4, between(0, 1), "step");
}

Schema either() {
  return Schema("either")
      .input("images", port::kImages, Need::optional, "images")
      .input("features", port::kFeatures, Need::optional, "features")
      .input("codes", port::kCodes, Need::required, "codes");
}

Schema retrieval() {
  return Schema("retrieval")
      .input("codes", port::kCodes, Need::required, "codes")
      .input("labels", port::kLabels, Need::required, "labels");
}

Schema samples() {
  return Schema("samples")
      .input("codes", port::kCodes, Need::required, "codes")
      .input("generator", port::kGenerator, Need::required, "generator")
      .input("images", port::kImages, Need::optional, "images");
}

Schema peek() { return Schema("peek").input("labels", port::kLabels, Need::required, "labels"); }

/// Components without code behind them.
class Shelf final : public plugins::Components {
 public:
  Shelf() {
    add("dataset/toy", dataset());
    add("evaluator/retrieval", retrieval());
    add("evaluator/samples", samples());
    add("feature/edges", edges());
    add("feature/gist", gist());
    add("feature/peek", peek());
    add("generator/dcgan", generator());
    add("generator/either", either());
    add("hasher/joined", joined());
    add("hasher/lsh", Schema("lsh").param("bits", 32, between(1, 4096), "code length"));
    add("network/pgh", network());
  }

  std::vector<std::string> ids() const override {
    std::vector<std::string> ids{"hasher/broken"};
    for (const auto& [id, component] : components_) ids.push_back(id);
    std::sort(ids.begin(), ids.end());
    return ids;
  }

  const plugins::ComponentInfo& get(const std::string& id) override {
    if (id == "hasher/broken")
      throw plugins::PluginError("broken.so has no entry", "build it with hashloom_add_plugin()");
    return components_.at(id);
  }

 private:
  void add(const std::string& id, Schema schema) {
    const auto role = id.substr(0, id.find('/'));
    components_.emplace(
        id, plugins::ComponentInfo{id, role, "1.0.0", "", with_usual_ports(std::move(schema), role), nullptr});
  }

  std::map<std::string, plugins::ComponentInfo> components_;
};

/// A folder that goes when the process ends.
const std::filesystem::path& folder() {
  static const TemporaryFolder made;
  return made.path();
}

std::string without_folder(std::string text) {
  const auto prefix = folder().string() + "/";
  for (size_t at; (at = text.find(prefix)) != std::string::npos;) text.erase(at, prefix.size());
  return text;
}

}  // namespace

namespace {

std::filesystem::path written(const std::string& text, const Options& options) {
  const auto file = folder() / "w.yaml";
  std::ofstream(file, std::ios::binary) << text;
  for (const auto& [name, other] : options.files) {
    std::filesystem::create_directories((folder() / name).parent_path());
    std::ofstream(folder() / name, std::ios::binary) << other;
  }
  return file;
}

}  // namespace

Workflow loaded(const std::string& text, const Options& options) {
  Shelf shelf;
  return load(written(text, options), {options.profile, options.sets}, shelf);
}

std::vector<Workflow> loaded_cells(const std::string& text, const Options& options) {
  Shelf shelf;
  return load_cells(written(text, options), {options.profile, options.sets}, shelf);
}

std::string told(const std::string& text, const Options& options) try {
  loaded(text, options);
  return "no mistake";
} catch (const Mistakes& mistakes) {
  return without_folder(mistakes.rendered());
}

std::string told_of(const std::string& path) try {
  Shelf shelf;
  load(path, {}, shelf);
  return "no mistake";
} catch (const Mistakes& mistakes) {
  return mistakes.rendered();
}

const std::string kPgh = R"(name: PGH
seed: 2018
vars: {bits: 32, dataset: toy, images: 1000, rounds: 4}
profiles: {full: {images: 60000}}
stages:
  data:  {uses: "dataset/${dataset}", with: {images: "${images}"}}
  gist:  {uses: feature/gist, in: {images: data.images}}
  start: {uses: hasher/lsh, in: {features: gist.features}, with: {bits: "${bits}"}}
  pgh:
    loop:
      carry: {codes: start.codes}
      next:  {codes: network.codes}
      rounds: "${rounds}"
      until: {changed_bits: 0.02}
    stages:
      gan:
        uses: generator/dcgan
        in: {images: data.images, codes: pgh.codes}
        with: {epochs: 24, rounds: {2: {epochs: 8}, 4: {learning_rate: 1e-4}}}
      network: {uses: network/pgh, in: {images: data.images, codes: pgh.codes, generator: gan.generator}, fresh: true}
    observe:
      score:   {uses: evaluator/retrieval, in: {codes: pgh.codes, labels: data.labels}}
      samples: {uses: evaluator/samples, in: {codes: pgh.previous.codes, generator: gan.generator, images: data.images}}
      before:  {uses: evaluator/retrieval, in: {codes: pgh.previous.codes, labels: data.labels}}
  final: {uses: evaluator/retrieval, in: {codes: pgh.codes, labels: data.labels}}
)";

const std::string kStart = R"(stages:
  data: {uses: dataset/toy}
  gist: {uses: feature/gist, in: {images: data.images}}
)";

}  // namespace hashloom::workflow::test
