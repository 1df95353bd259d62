#include <gmock/gmock.h>

#include <engine/plan.hpp>
#include <engine/reasons.hpp>
#include <engine/run_folder.hpp>

#include "run_in_test.hpp"

namespace hashloom::test {
namespace {

using testing::HasSubstr;

/// "network 2" -> why it would run, "cached" where it would not.
std::map<std::string, std::string> planned(const std::filesystem::path& run, const std::set<std::string>& forced = {}) {
  const auto record = engine::read_run_record(run);
  auto plugins = all_plugins();
  std::map<std::string, std::string> reasons;
  for (const auto& task :
       engine::plan(record.workflow, record.machine, plugins, cache::Cache(cache::results_folder()), forced).tasks)
    reasons[task.stage + " " + std::to_string(task.round)] = task.is_cached ? "cached" : task.why;
  return reasons;
}

TEST(Plan, SaysThatNothingEverRanInAnEmptyCache) {
  const TemporaryFolder folder;
  auto reasons = planned(made_run(folder, kSlowLoop));
  EXPECT_EQ(reasons["data 0"], "never run");
  EXPECT_EQ(reasons["pixel 0"], "input 'images' is computed");
  EXPECT_FALSE(reasons.contains("network 2"));  // nobody knows yet whether the codes settle
}

TEST(Plan, HasEverythingCachedAfterARun) {
  const TemporaryFolder folder;
  run(made_run(folder, kSlowLoop));
  for (const auto& [task, reason] : planned(made_run(folder, kSlowLoop))) EXPECT_EQ(reason, "cached") << task;
}

TEST(Plan, ListsTheTasksThatARunThenDoes) {
  const TemporaryFolder folder;
  const auto first = made_run(folder, kSlowLoop);
  Watcher watcher;
  run(first, watcher);
  std::set<std::string> ran;
  for (const auto& event : watcher.events)
    if (event["kind"] == "stage")
      ran.insert(event["stage"].get<std::string>() + " " + std::to_string(event.value("round", 0)));
  std::set<std::string> in_plan;
  for (const auto& [task, reason] : planned(first)) in_plan.insert(task);
  EXPECT_EQ(in_plan, ran);
}

TEST(Plan, NamesTheParameterThatChanged) {
  const TemporaryFolder folder;
  run(made_run(folder, kSlowLoop, {"epochs=4"}));
  auto reasons = planned(made_run(folder, kSlowLoop, {"epochs=5"}));
  EXPECT_EQ(reasons["start 0"], "cached");
  EXPECT_EQ(reasons["gan 1"], "cached");
  EXPECT_EQ(reasons["network 1"], "epochs changed from 4 to 5");
  EXPECT_EQ(reasons["score 1"], "input 'codes' is computed");
}

TEST(Plan, NamesTheSeedThatChangedOnlyWhereItMatters) {
  const TemporaryFolder folder;
  run(made_run(folder, kSlowLoop, {"seed=7"}));
  auto reasons = planned(made_run(folder, kSlowLoop, {"seed=8"}));
  EXPECT_EQ(reasons["pixel 0"], "cached");
  EXPECT_EQ(reasons["start 0"], "seed changed from 7 to 8");
}

/// Forgets what the cache has of a stage in a round, in every run but the first that computed it.
void forget_later_results(const std::string& path, int64_t round, const std::set<std::string>& first) {
  const cache::Cache cache(cache::results_folder());
  for (const auto& record : cache.list())
    if (record.path == path && record.round == round && !first.contains(record.key)) cache.remove(record.key);
}

std::set<std::string> keys_in_cache() {
  std::set<std::string> keys;
  for (const auto& record : cache::Cache(cache::results_folder()).list()) keys.insert(record.key);
  return keys;
}

TEST(Plan, NamesTheInputsThatChanged) {
  const TemporaryFolder folder;
  auto other = std::string(kSlowLoop);
  other.replace(other.find("hasher/lsh"), 10, "hasher/itq");
  run(made_run(folder, kSlowLoop));
  const auto first = keys_in_cache();
  run(made_run(folder, other));
  forget_later_results("pgh/network", 1, first);
  auto reasons = planned(made_run(folder, other));
  EXPECT_EQ(reasons["start 0"], "cached");
  EXPECT_EQ(reasons["network 1"], "input 'codes' changed; input 'generator' changed");
}

TEST(Plan, NamesWhatIsNoLongerThere) {
  using nlohmann::json;
  cache::Record then;
  then.path = "seen";
  then.parts = {{"component", "evaluator/seen"},
                {"inputs", {{"codes", "a"}, {"labels", "b"}}},
                {"files", json::array({json::array({"one.gz", "c"}), json::array({"two.gz", "d"})})}};
  auto now = then.parts;
  now["inputs"].erase("labels");
  now["files"].erase(1);
  EXPECT_EQ(engine::why_to_run({"w", "seen", 0, now}, {then}),
            "input 'labels' is no longer wired; file 'two.gz' is gone");
}

TEST(Plan, SaysWhatIsForced) {
  const TemporaryFolder folder;
  run(made_run(folder, kSlowLoop));
  auto reasons = planned(made_run(folder, kSlowLoop), {"start"});
  EXPECT_EQ(reasons["start 0"], "forced");
  EXPECT_EQ(reasons["pixel 0"], "cached");
}

TEST(Plan, SaysWhyAStageThatIsNotDeterministicRunsAgain) {
  const TemporaryFolder folder;
  auto restless = std::string(kSlowLoop);
  restless.replace(restless.find("hasher/lsh, in: {features: pixel.features}, with: {bits: 16}"),
                   std::string("hasher/lsh, in: {features: pixel.features}, with: {bits: 16}").size(),
                   "hasher/restless, in: {features: pixel.features}");
  run(made_run(folder, restless));
  auto reasons = planned(made_run(folder, restless));
  EXPECT_EQ(reasons["pixel 0"], "cached");
  EXPECT_EQ(reasons["start 0"], "it says that it is not deterministic: it reads the clock");
  EXPECT_THAT(reasons["network 1"], HasSubstr("input 'codes' is computed"));
}

TEST(Plan, KnowsNothingOfWhatWasRemovedFromTheCache) {
  const TemporaryFolder folder;
  run(made_run(folder, kSlowLoop));
  const cache::Cache cache(cache::results_folder());
  const auto again = made_run(folder, kSlowLoop);
  for (const auto& record : cache.list())
    if (record.path == "pgh/network" && record.round == 2) cache.remove(record.key);
  auto reasons = planned(again);
  EXPECT_EQ(reasons["network 1"], "cached");
  EXPECT_EQ(reasons["network 2"], "never run");
}

}  // namespace
}  // namespace hashloom::test
