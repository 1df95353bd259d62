#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <engine/interrupt.hpp>
#include <events/reader.hpp>
#include <fstream>
#include <set>

#include "run_in_test.hpp"

namespace hashloom::test {
namespace {

/// Runs it in a process of its own that is killed by SIGKILL when `when` says so of an event.
void run_killed(const std::filesystem::path& folder, const std::function<bool(const nlohmann::json&)>& when) {
  const pid_t child = fork();
  if (child == 0) {
    Watcher watcher([&](const nlohmann::json& event) {
      if (when(event)) kill(getpid(), SIGKILL);
    });
    run(folder, watcher);
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status)) << "the run ended before it was killed";
}

/// How often progress is told depends on the clock.
bool is_progress(const nlohmann::json& event) { return event["kind"] == "progress"; }

std::string undisturbed() {
  const TemporaryFolder folder;
  const auto whole = made_run(folder, kSlowLoop);
  run(whole);
  return final_codes(whole);
}

/// What is told of each piece of work, whichever other work it was told between; that work began is told twice where it
/// began twice.
std::multiset<std::string> story(const std::filesystem::path& folder) {
  std::multiset<std::string> told;
  for (auto event : events::read(folder)) {
    if (is_progress(event) || event["kind"] == "resume" || event.value("state", "") == "started") continue;
    for (const char* varies : {"seq", "wall", "mono", "seconds"}) event.erase(varies);
    told.insert(event.dump());
  }
  return told;
}

TEST(Resume, GivesTheSameBitsAfterAKillInEveryEpochAndRound) {
  const auto expected = undisturbed();
  for (int round = 1; round <= 3; ++round) {
    for (int epoch = 1; epoch <= 4; ++epoch) {
      const TemporaryFolder folder;
      const auto killed = made_run(folder, kSlowLoop);
      run_killed(killed, [&](const auto& event) {
        return event["kind"] == "epoch" && event["round"] == round && event["epoch"] == epoch;
      });
      EXPECT_EQ(run(killed), engine::Ending::finished);
      EXPECT_EQ(final_codes(killed), expected) << "killed in round " << round << ", epoch " << epoch;
    }
  }
}

TEST(Resume, GivesTheSameBitsAfterAKillAtEachEvent) {
  const auto expected = undisturbed();
  const TemporaryFolder first;
  const auto whole = made_run(first, kSlowLoop);
  Watcher all;
  run(whole, all);
  std::erase_if(all.events, is_progress);
  for (size_t i = 1; i + 1 < all.events.size(); i += 3) {
    const TemporaryFolder folder;
    const auto killed = made_run(folder, kSlowLoop);
    size_t seen = 0;
    run_killed(killed, [&](const auto& event) { return !is_progress(event) && seen++ == i; });
    run(killed);
    EXPECT_EQ(final_codes(killed), expected) << "killed at event " << i << ": " << all.events[i];
  }
}

TEST(Resume, TellsTheSameStoryAsAnUndisturbedRun) {
  const TemporaryFolder folder;
  const auto whole = made_run(folder, kSlowLoop), killed = made_run(folder, kSlowLoop);
  run(whole);
  const TemporaryFolder other;  // its cache is empty, as that of the first run was
  setenv("XDG_CACHE_HOME", other.path().c_str(), 1);
  run_killed(killed, [](const auto& event) { return event["kind"] == "epoch" && event["round"] == 2; });
  run(killed);
  EXPECT_EQ(story(killed), story(whole));
}

TEST(Resume, GoesOnAfterAStopInOrder) {
  const auto expected = undisturbed();
  const TemporaryFolder folder;
  const auto stopped = made_run(folder, kSlowLoop);
  Watcher watcher([](const nlohmann::json& event) {
    if (event["kind"] == "epoch" && event["round"] == 2) engine::ask_to_stop(engine::Stop::after_epoch);
  });
  EXPECT_EQ(run(stopped, watcher), engine::Ending::stopped);
  EXPECT_EQ(events::state_of(stopped), events::RunState::stopped);
  EXPECT_EQ(run(stopped), engine::Ending::finished);
  EXPECT_EQ(final_codes(stopped), expected);
}

TEST(Resume, DoesAnEpochAgainWhoseCheckpointWasCutShort) {
  const auto expected = undisturbed();
  const TemporaryFolder folder;
  const auto killed = made_run(folder, kSlowLoop);
  run_killed(killed,
             [](const auto& event) { return event["kind"] == "epoch" && event["round"] == 2 && event["epoch"] == 3; });
  const auto file = killed / "checkpoints/pgh/2/network.epoch.safetensors";
  std::filesystem::resize_file(file, std::filesystem::file_size(file) - 10);
  EXPECT_EQ(run(killed), engine::Ending::finished);
  EXPECT_EQ(final_codes(killed), expected);
}

TEST(Resume, NeverTrainsAgainWhatIsDoneOutsideOfLoops) {
  const TemporaryFolder folder;
  const auto killed = made_run(folder, R"(
name: plain
stages:
  data: {uses: dataset/small}
  pixel: {uses: feature/pixel, in: {images: data.images}}
  start: {uses: hasher/lsh, in: {features: pixel.features}, with: {bits: 16}}
  gan: {uses: generator/wrong-size, in: {images: data.images, codes: start.codes}}
  network:
    uses: network/slow
    in: {images: data.images, codes: start.codes, generator: gan.generator}
    with: {milliseconds: 200}
  score: {uses: evaluator/retrieval, in: {codes: network.codes, labels: data.labels}}
)");
  run_killed(killed, [](const auto& event) { return event["kind"] == "stage" && event["stage"] == "score"; });
  Watcher watcher;
  EXPECT_EQ(run(killed, watcher), engine::Ending::finished);
  for (const auto& event : watcher.events) EXPECT_NE(event.value("unit", ""), "steps") << event;
}

TEST(Resume, KeepsWhatALoopCarriesApartFromAStageOfThatName) {
  auto yaml = std::string(kSlowLoop);
  for (const std::string name : {"network.codes", "network:"})
    yaml.replace(yaml.find(name), std::string("network").size(), "carry");
  const TemporaryFolder folder;
  const auto killed = made_run(folder, yaml);
  run_killed(killed, [](const auto& event) { return event["kind"] == "epoch" && event["round"] == 2; });
  EXPECT_EQ(run(killed), engine::Ending::finished);
}

TEST(Resume, StopsAtOnceWithinAnEpoch) {
  const TemporaryFolder folder;
  const auto stopped = made_run(folder, kSlowLoop, {"milliseconds=2000"});
  Watcher watcher([](const nlohmann::json& event) {
    if (event["kind"] == "progress" && event.contains("epoch")) engine::ask_to_stop(engine::Stop::at_once);
  });
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(run(stopped, watcher), engine::Ending::stopped);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(1900));
}

}  // namespace
}  // namespace hashloom::test
