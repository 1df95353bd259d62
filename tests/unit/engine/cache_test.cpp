#include <gmock/gmock.h>

#include <cache/lock.hpp>
#include <cache/prune.hpp>
#include <engine/run_folder.hpp>
#include <events/reader.hpp>
#include <fstream>
#include <thread>

#include "run_in_test.hpp"

namespace hashloom::test {
namespace {

using testing::HasSubstr;

/// "network 2" -> "cached": how each task ended.
std::map<std::string, std::string> endings_of(const std::filesystem::path& run) {
  std::map<std::string, std::string> endings;
  for (const auto& event : events::read(run))
    if (event["kind"] == "stage" && event["state"] != "started")
      endings[event["stage"].get<std::string>() + " " + std::to_string(event.value("round", 0))] = event["state"];
  return endings;
}

std::vector<std::string> warnings_of(const std::filesystem::path& run) {
  std::vector<std::string> all;
  for (const auto& event : events::read(run))
    if (event["kind"] == "warning")
      all.push_back(event["trouble"].get<std::string>() + ": " + event["evidence"].get<std::string>());
  return all;
}

std::vector<std::filesystem::path> files_with(const std::filesystem::path& folder, const std::string& extension) {
  std::vector<std::filesystem::path> files;
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder))
    if (file.path().extension() == extension) files.push_back(file.path());
  return files;
}

void flip_last_byte(const std::filesystem::path& file) {
  std::fstream bytes(file, std::ios::binary | std::ios::in | std::ios::out);
  bytes.seekg(-2, std::ios::end);
  const char last = static_cast<char>(bytes.get() ^ 1);
  bytes.seekp(-2, std::ios::end);
  bytes.put(last);
}

TEST(Cache, LetsALongerRunGoOnFromTheRoundsOfAShorterOne) {
  const TemporaryFolder alone, shared;
  const auto undisturbed = made_run(alone, kSlowLoop, {"rounds=3"});
  run(undisturbed);
  run(made_run(shared, kSlowLoop, {"rounds=2"}));
  const auto longer = made_run(shared, kSlowLoop, {"rounds=3"});
  run(longer);
  auto endings = endings_of(longer);
  EXPECT_EQ(endings["network 2"], "cached");
  EXPECT_EQ(endings["score 2"], "cached");
  EXPECT_EQ(endings["network 3"], "finished");
  EXPECT_EQ(final_codes(longer), final_codes(undisturbed));
}

TEST(Cache, ComputesAgainFromTheFirstRoundThatDiffers) {
  const TemporaryFolder folder;
  run(made_run(folder, kSlowLoop, {"rounds=2"}));
  auto yaml = std::string(kSlowLoop);
  const std::string epochs = "epochs: \"${epochs}\"";
  yaml.replace(yaml.find(epochs), epochs.size(), epochs + ", rounds: {2: {epochs: 1}}");
  const auto other = made_run(folder, yaml, {"rounds=2"});
  run(other);
  auto endings = endings_of(other);
  EXPECT_EQ(endings["network 1"], "cached");
  EXPECT_EQ(endings["gan 2"], "cached");
  EXPECT_EQ(endings["network 2"], "finished");
}

TEST(Cache, GivesTheMetricsThatWereRecordedAndTheCurves) {
  const auto recorded = [](const std::filesystem::path& run) {
    std::multiset<std::string> all;
    for (auto event : events::read(run)) {
      if (event["kind"] != "metric" && event["kind"] != "curve" && event["kind"] != "codes") continue;
      for (const char* varies : {"seq", "wall", "mono"}) event.erase(varies);
      all.insert(event.dump());
    }
    return all;
  };
  const TemporaryFolder folder;
  const auto first = made_run(folder, kSlowLoop), second = made_run(folder, kSlowLoop);
  run(first);
  run(second);
  EXPECT_FALSE(recorded(first).empty());
  EXPECT_EQ(recorded(first), recorded(second));
}

TEST(Cache, ReadsNoImagesWhereNothingIsComputed) {
  const TemporaryFolder folder;
  run(made_run(folder, kSlowLoop));
  const auto again = made_run(folder, kSlowLoop);
  Watcher watcher;
  run(again, watcher);
  for (const auto& event : watcher.events) EXPECT_NE(event["kind"], "progress") << event;
}

TEST(Cache, ResumesARunWhoseRoundsCameFromIt) {
  const TemporaryFolder alone, shared;
  const auto undisturbed = made_run(alone, kSlowLoop, {"rounds=3"});
  run(undisturbed);
  run(made_run(shared, kSlowLoop, {"rounds=2"}));
  const auto stopped = made_run(shared, kSlowLoop, {"rounds=3"});
  Watcher watcher([](const nlohmann::json& event) {
    if (event["kind"] == "epoch" && event["round"] == 3 && event["epoch"] == 2) throw std::runtime_error("torn off");
  });
  EXPECT_ANY_THROW(run(stopped, watcher));
  for (const auto& file : files_with(shared.path() / "cache", ".entry")) std::filesystem::remove(file);
  EXPECT_EQ(run(stopped), engine::Ending::finished);
  EXPECT_EQ(final_codes(stopped), final_codes(undisturbed));
}

TEST(Cache, TellsOfAlteredEntriesAndComputesAnew) {
  for (const std::string extension : {".entry", ".safetensors"}) {
    const TemporaryFolder folder;
    const auto first = made_run(folder, kSlowLoop);
    run(first);
    for (const auto& file : files_with(folder.path() / "cache", extension)) flip_last_byte(file);
    const auto second = made_run(folder, kSlowLoop);
    run(second);
    EXPECT_EQ(final_codes(first), final_codes(second));
    const auto warnings = warnings_of(second);
    ASSERT_FALSE(warnings.empty());
    EXPECT_THAT(warnings[0], HasSubstr("cache entry altered"));
    EXPECT_THAT(warnings[0], HasSubstr(extension));
  }
}

const char* const kRestless = R"(
name: restless
stages:
  data: {uses: dataset/small}
  pixel: {uses: feature/pixel, in: {images: data.images}}
  start: {uses: hasher/restless, in: {features: pixel.features}}
  count: {uses: evaluator/slow, in: {codes: start.codes}, with: {milliseconds: 0}}
)";

TEST(Cache, TakesNothingOfAStageThatIsNotDeterministicNorOfWhatReadsIt) {
  const TemporaryFolder folder;
  run(made_run(folder, kRestless));
  const auto again = made_run(folder, kRestless);
  run(again);
  auto endings = endings_of(again);
  EXPECT_EQ(endings["pixel 0"], "cached");
  EXPECT_EQ(endings["start 0"], "finished");
  EXPECT_EQ(endings["count 0"], "finished");
}

TEST(Cache, IsNotLeftAsideInSilence) {
  const TemporaryFolder folder;
  const auto restless = made_run(folder, kRestless);
  run(restless);
  std::map<std::string, std::string> reasons;
  for (const auto& event : events::read(restless))
    if (event["kind"] == "stage" && event["state"] == "finished")
      reasons[event["stage"]] = event.value("not_cached", "cached");
  EXPECT_EQ(reasons["pixel"], "cached");
  EXPECT_EQ(reasons["start"], "it says that it is not deterministic: it reads the clock");
  EXPECT_EQ(reasons["count"], "what it reads differs each time");
}

TEST(Cache, IsLeftAsideWhereAStageIsForced) {
  const TemporaryFolder folder;
  run(made_run(folder, kSlowLoop));
  const auto again = made_run(folder, kSlowLoop);
  auto record = engine::read_run_record(again);
  record.forced = {"start"};
  const auto forced = engine::make_run_folder(folder.path() / "runs", record, {"test"});
  run(forced);
  auto endings = endings_of(forced);
  EXPECT_EQ(endings["start 0"], "finished");
  EXPECT_EQ(endings["network 1"], "cached");  // the result is the same
}

TEST(CacheLock, LetsOneComputeAndTheOtherWait) {
  const TemporaryFolder folder;
  std::optional<cache::Lock> first(std::in_place, folder.path(), "key", [] {});
  EXPECT_FALSE(first->had_to_wait());
  int waited = 0;
  const cache::Lock second(folder.path(), "key", [&] {
    if (++waited == 2) first.reset();
  });
  EXPECT_TRUE(second.had_to_wait());
  EXPECT_GE(waited, 2);
}

TEST(CacheLock, IsNoneWhereTheFolderCantBeMade) {
  const cache::Lock lock("/proc/nowhere", "key", [] { FAIL(); });
  EXPECT_FALSE(lock.had_to_wait());
}

cache::Record record(const std::string& key, double seconds, int64_t bytes, int64_t used) {
  cache::Record made;
  made.key = key;
  made.seconds = seconds;
  made.bytes = bytes;
  made.used = used;
  return made;
}

TEST(Prune, ValuesSecondsForAByteAndForgetsByHalvesAWeek) {
  const int64_t now = 1000000000, week = 7 * 24 * 3600;
  EXPECT_DOUBLE_EQ(cache::value_of(record("a", 10, 5, now), now), 2);
  EXPECT_DOUBLE_EQ(cache::value_of(record("a", 10, 5, now - week), now), 1);
  EXPECT_DOUBLE_EQ(cache::value_of(record("a", 10, 5, now - 3 * week), now), 0.25);
}

TEST(Prune, RemovesTheLeastValuableFirstAndNoMoreThanNeeded) {
  const TemporaryFolder folder;
  const cache::Cache cache(folder.path());
  for (const auto& [key, seconds] : std::map<std::string, double>{{"cheap", 0.1}, {"dear", 100}, {"middling", 10}}) {
    cache::Cache::Entry entry;
    entry.record = record(key, seconds, 0, 0);
    entry.events = nlohmann::json::array();
    cache.put(entry, {});
  }
  int64_t all = 0, later = std::time(nullptr) + 3600;
  for (const auto& one : cache.list()) all += one.bytes;
  EXPECT_EQ(cache::prune(cache, all, later).size(), 0u);
  const auto removed = cache::prune(cache, all - 1, later);
  ASSERT_EQ(removed.size(), 1u);
  EXPECT_EQ(removed[0].key, "cheap");
  EXPECT_FALSE(cache.find("cheap"));
  EXPECT_TRUE(cache.find("dear"));
}

TEST(Prune, LeavesWhatARunHasJustUsed) {
  const TemporaryFolder folder;
  const cache::Cache cache(folder.path());
  cache::Cache::Entry entry;
  entry.record = record("new", 1, 0, 0);
  entry.events = nlohmann::json::array();
  cache.put(entry, {});
  EXPECT_TRUE(cache::prune(cache, 0, std::time(nullptr)).empty());
  EXPECT_EQ(cache::prune(cache, 0, std::time(nullptr) + 3600).size(), 1u);
}

TEST(Prune, ReadsSizes) {
  EXPECT_EQ(cache::bytes_from("1000"), 1000);
  EXPECT_EQ(cache::bytes_from("1.5 KiB"), 1536);
  EXPECT_EQ(cache::bytes_from("20GiB"), 21474836480);
  EXPECT_EQ(cache::bytes_from("500MB"), 500000000);
  for (const char* text : {"", "GiB", "-1", "10 bananas", "nan", "1e300GiB"})
    EXPECT_THROW(cache::bytes_from(text), ParameterError) << text;
}

}  // namespace
}  // namespace hashloom::test
