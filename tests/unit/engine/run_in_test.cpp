#include "run_in_test.hpp"

#include <cstdlib>
#include <engine/interrupt.hpp>
#include <events/reader.hpp>
#include <fstream>
#include <workflow/diagnostics.hpp>
#include <workflow/load.hpp>

namespace hashloom::test {

plugins::Catalogue all_plugins() { return plugins::Catalogue({HASHLOOM_PLUGIN_FOLDER, HASHLOOM_TEST_PLUGIN_FOLDER}); }

std::filesystem::path made_run(const TemporaryFolder& folder, const std::string& yaml,
                               const std::vector<std::string>& sets) {
  setenv("XDG_CACHE_HOME", (folder.path() / "cache").c_str(), 1);
  const auto file = folder.path() / "workflow.yaml";
  std::ofstream(file) << yaml;
  auto plugins = all_plugins();
  try {
    auto workflow = workflow::load(file, {"", sets}, plugins);
    workflow.threads = 1;
    return engine::make_run_folder(folder.path() / "runs", {workflow, engine::machine_for(workflow)}, {"test"});
  } catch (const workflow::Mistakes& mistakes) {
    throw std::runtime_error(mistakes.rendered());
  }
}

engine::Ending run(const std::filesystem::path& run, Watcher& watcher) {
  engine::ask_to_stop(engine::Stop::no);
  auto plugins = all_plugins();
  return engine::run(run, plugins, watcher);
}

engine::Ending run(const std::filesystem::path& folder) {
  Watcher watcher;
  return run(folder, watcher);
}

engine::RunFailed failure_of(const std::filesystem::path& folder) {
  try {
    run(folder);
  } catch (const engine::RunFailed& failure) {
    return failure;
  }
  ADD_FAILURE() << "the run ended well";
  return {"", "", "", false};
}

std::string final_codes(const std::filesystem::path& folder) {
  std::string blob;
  for (const auto& event : events::read(folder))
    if (event["kind"] == "codes" && event["split"] == "train") blob = event["blob"];
  return blob;
}

const char* const kSlowLoop = R"(
name: slow
seed: 7
vars: {rounds: 3, epochs: 4, milliseconds: 0}
stages:
  data: {uses: dataset/small}
  pixel: {uses: feature/pixel, in: {images: data.images}}
  start: {uses: hasher/lsh, in: {features: pixel.features}, with: {bits: 16}}
  pgh:
    loop:
      carry: {codes: start.codes}
      next: {codes: network.codes}
      rounds: "${rounds}"
    stages:
      gan: {uses: generator/wrong-size, in: {images: data.images, codes: pgh.codes}}
      network:
        uses: network/slow
        in: {images: data.images, codes: pgh.codes, generator: gan.generator}
        with: {epochs: "${epochs}", milliseconds: "${milliseconds}"}
    observe:
      score: {uses: evaluator/retrieval, in: {codes: pgh.codes, labels: data.labels}}
)";

}  // namespace hashloom::test
