#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <events/reader.hpp>
#include <fstream>

#include "run_in_test.hpp"

namespace hashloom::test {
namespace {

std::vector<nlohmann::json> of_kind(const std::filesystem::path& run, const std::string& kind) {
  std::vector<nlohmann::json> found;
  for (const auto& event : events::read(run))
    if (event["kind"] == kind) found.push_back(event);
  return found;
}

TEST(Engine, RecordsARoundZeroAndEachRound) {
  const TemporaryFolder folder;
  const auto loop = made_run(folder, kSlowLoop);
  run(loop);
  const auto rounds = of_kind(loop, "round");
  ASSERT_EQ(rounds.size(), 4u);
  EXPECT_FALSE(rounds[0].contains("changed_bits"));
  for (int round = 0; round <= 3; ++round) EXPECT_EQ(rounds[round]["round"], round);
  EXPECT_GT(rounds[1]["changed_bits"], 0.1);
}

TEST(Engine, EndsALoopWhenCodesHaveSettled) {
  const TemporaryFolder folder;
  auto yaml = std::string(kSlowLoop);
  yaml.insert(yaml.find("    stages:\n      gan"), "      until: {changed_bits: 1.0}\n");
  yaml.replace(yaml.find("      until"), 1, " ");
  const auto loop = made_run(folder, yaml);
  run(loop);
  EXPECT_EQ(of_kind(loop, "round").size(), 2u);
  EXPECT_EQ(of_kind(loop, "loop").at(0)["why"], "codes settled");
}

TEST(Engine, KeepsWeightsFromRoundToRoundUnlessFresh) {
  // network/slow halves its planes and adds noise: begun anew each round it ends elsewhere.
  const TemporaryFolder folder;
  const auto kept = made_run(folder, kSlowLoop, {"epochs=1"});
  auto yaml = std::string(kSlowLoop);
  yaml.insert(yaml.find("        uses: network/slow"), "        fresh: true\n");
  const auto fresh = made_run(folder, yaml, {"epochs=1"});
  run(kept);
  run(fresh);
  EXPECT_NE(final_codes(kept), final_codes(fresh));
}

TEST(Engine, ScoresEvaluatorsOutsideOfLoopsToo) {
  const TemporaryFolder folder;
  const auto plain = made_run(folder, R"(
name: plain
stages:
  data: {uses: dataset/small}
  pixel: {uses: feature/pixel, in: {images: data.images}}
  start: {uses: hasher/lsh, in: {features: pixel.features}, with: {bits: 64}}
  score: {uses: evaluator/retrieval, in: {codes: start.codes, labels: data.labels}}
)");
  run(plain);
  double found = -1;
  for (const auto& event : of_kind(plain, "metric"))
    if (event["name"] == "mAP@all") found = event["value"];
  EXPECT_GT(found, 0.9);  // the classes differ in half of the pixels
}

TEST(Engine, WritesWhatLabelsWereUsedForIntoRunJson) {
  const TemporaryFolder folder;
  const auto loop = made_run(folder, kSlowLoop, {"rounds=1"});
  run(loop);
  std::ifstream in(loop / "run.json");
  const auto record = nlohmann::json::parse(in);
  EXPECT_EQ(record["label_use"]["data"], "made up");
  EXPECT_EQ(record["threads"], 1);
  EXPECT_EQ(record["workflow"]["seed"], 7);
}

/// Whether a process of its own is refused to run what is in `folder`.
bool refused_to_another_process(const std::filesystem::path& folder) {
  const pid_t child = fork();
  if (child == 0) {
    try {
      run(folder);
    } catch (const DataError&) {
      _exit(0);
    }
    _exit(1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

TEST(Engine, RefusesAFolderThatAnotherProcessIsAt) {
  const TemporaryFolder folder;
  const auto busy = made_run(folder, kSlowLoop, {"rounds=1"});
  bool refused = false;
  Watcher watcher([&](const nlohmann::json& event) {
    if (event["kind"] == "round" && event["round"] == 1) refused = refused_to_another_process(busy);
  });
  run(busy, watcher);
  EXPECT_TRUE(refused);
}

TEST(Engine, RefusesACudaDeviceThatIsNotThere) {
  workflow::Workflow workflow;
  workflow.device = "cuda:99";
  EXPECT_THROW(engine::machine_for(workflow), engine::NoSuchDevice);
}

}  // namespace
}  // namespace hashloom::test
