#include <atomic>
#include <chrono>
#include <engine/side_by_side.hpp>
#include <events/reader.hpp>
#include <latch>
#include <mutex>
#include <thread>

#include "run_in_test.hpp"

namespace hashloom::test {
namespace {

using Needs = std::vector<std::vector<size_t>>;

std::vector<size_t> order_of(const Needs& needs, int64_t limit) {
  std::mutex mutex;
  std::vector<size_t> order;
  engine::side_by_side(
      needs, limit,
      [&](size_t i) {
        const std::lock_guard lock(mutex);
        order.push_back(i);
      },
      [] {});
  return order;
}

TEST(SideBySide, GoesInOrderWhereOneMayRun) {
  EXPECT_EQ(order_of({{}, {0}, {}, {1, 2}}, 1), (std::vector<size_t>{0, 1, 2, 3}));
}

TEST(SideBySide, DoesEverythingOnceAfterWhatItNeeds) {
  Needs needs(200);
  for (size_t i = 1; i < needs.size(); ++i) needs[i] = {i / 2, i / 3};
  needs[1] = {0};
  const auto order = order_of(needs, 4);
  ASSERT_EQ(order.size(), needs.size());
  std::vector<bool> done(needs.size());
  for (const size_t i : order) {
    for (const size_t need : needs[i]) EXPECT_TRUE(done[need]) << i << " came before " << need;
    EXPECT_FALSE(done[i]);
    done[i] = true;
  }
}

TEST(SideBySide, RunsWhatIsFreeAtTheSameTime) {
  std::latch both(2);  // would never open one by one
  engine::side_by_side(
      {{}, {}}, 2, [&](size_t) { both.arrive_and_wait(); }, [] {});
}

TEST(SideBySide, ThrowsTheFailureRatherThanTheStopThatItCaused) {
  std::atomic<bool> failing = false;
  const auto work = [&](size_t i) {
    if (i == 1) throw std::runtime_error("the cause");
    while (!failing) std::this_thread::yield();
    throw Stopped("stopped by the failure");
  };
  EXPECT_THROW(engine::side_by_side({{}, {}, {0}}, 2, work, [&] { failing = true; }), std::runtime_error);
}

const char* const kTwoCounts = R"(
name: two counts
seed: 7
stages:
  data: {uses: dataset/small}
  pixel: {uses: feature/pixel, in: {images: data.images}}
  start: {uses: hasher/lsh, in: {features: pixel.features}, with: {bits: 16}}
  one: {uses: evaluator/slow, in: {codes: start.codes}, with: {milliseconds: 300}}
  other: {uses: evaluator/slow, in: {codes: start.codes}, with: {milliseconds: 301}}
)";

TEST(SideBySide, RunsStagesThatDoNotReadEachOtherAtTheSameTime) {
  const TemporaryFolder folder;
  Watcher watcher;
  run(made_run(folder, kTwoCounts), watcher);
  std::vector<std::string> states;
  for (const auto& event : watcher.events)
    if (event["kind"] == "stage" && event["uses"] == "evaluator/slow") states.push_back(event["state"]);
  EXPECT_EQ(states, (std::vector<std::string>{"started", "started", "finished", "finished"}));
}

TEST(SideBySide, LetsObserversRunWhileTheNextRoundTrains) {
  auto yaml = std::string(kSlowLoop);
  yaml.replace(yaml.find("evaluator/retrieval, in: {codes: pgh.codes, labels: data.labels}"),
               std::string("evaluator/retrieval, in: {codes: pgh.codes, labels: data.labels}").size(),
               "evaluator/slow, in: {codes: pgh.codes}");
  const TemporaryFolder folder;
  const auto loop = made_run(folder, yaml, {"milliseconds=20"});
  Watcher watcher;
  run(loop, watcher);
  bool observing = false, beside = false;
  for (const auto& event : watcher.events) {
    if (event["kind"] == "stage" && event["stage"] == "score" && event["round"] == 1)
      observing = event["state"] == "started";
    beside |= observing && event["kind"] == "epoch" && event["round"] == 2;
  }
  EXPECT_TRUE(beside);
}

TEST(SideBySide, EndsTheRunWhereAnObserverFails) {
  auto yaml = std::string(kSlowLoop);
  yaml += "      broken: {uses: evaluator/throws, in: {codes: pgh.codes}}\n";
  const TemporaryFolder folder;
  const auto failure = failure_of(made_run(folder, yaml, {"milliseconds=20", "epochs=100"}));
  EXPECT_NE(std::string(failure.what()).find("broken"), std::string::npos) << failure.what();
}

}  // namespace
}  // namespace hashloom::test
