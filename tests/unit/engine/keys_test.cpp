#include <gmock/gmock.h>

#include <engine/keys.hpp>
#include <events/reader.hpp>
#include <events/sha256.hpp>
#include <set>

#include "run_in_test.hpp"

namespace hashloom::test {
namespace {

std::string key_with(int64_t bits, const std::string& input_key, const engine::Machine& machine,
                     std::optional<uint64_t> seed) {
  auto plugins = all_plugins();
  const auto worker = engine::Worker::make(plugins.get("hasher/lsh"), Params({{"bits", bits}}));
  const engine::Ports inputs{{"features", {Splits<Tensor>{}, port::kFeatures, input_key}}};
  return engine::key_from(engine::key_parts(worker, inputs, machine, 0, ""), seed);
}

TEST(Keys, ChangeWithEachThingThatResultsDependOn) {
  engine::Machine bf16, two_threads;
  bf16.bf16 = true;
  two_threads.threads = 2;
  const std::set<std::string> keys{
      key_with(32, "a", {}, 1),          key_with(16, "a", {}, 1), key_with(32, "b", {}, 1), key_with(32, "a", bf16, 1),
      key_with(32, "a", two_threads, 1), key_with(32, "a", {}, 2), key_with(32, "a", {}, {})};
  EXPECT_EQ(keys.size(), 7u);
}

/// Of hasher/lsh, as it would be in a loop's round.
nlohmann::json parts_of(const plugins::ComponentInfo& info, const engine::Machine& machine = {}, int64_t round = 0,
                        const std::string& previous = "") {
  const auto worker = engine::Worker::make(info, Params({{"bits", int64_t{32}}}));
  return engine::key_parts(worker, {}, machine, round, previous);
}

TEST(Keys, ChangeWithTheRoundAndWithTheKeyOfTheRoundBefore) {
  auto plugins = all_plugins();
  const auto key = [&](int64_t round, const std::string& previous) {
    return engine::key_from(parts_of(plugins.get("hasher/lsh"), {}, round, previous), 1);
  };
  EXPECT_EQ((std::set{key(0, ""), key(1, ""), key(2, ""), key(2, "a"), key(2, "b"), key(3, "b")}).size(), 6u);
}

TEST(Keys, ChangeWithTheBuildOfThePlugin) {
  auto plugins = all_plugins();
  auto info = plugins.get("hasher/lsh");
  const auto before = parts_of(info);
  EXPECT_EQ(before["build_id"], events::sha256_of_file(info.library));
  info.build_id = "another";
  EXPECT_NE(engine::key_from(parts_of(info), 1), engine::key_from(before, 1));
}

TEST(Keys, ChangeWithTheKindOfDeviceAndNotWithItsNumber) {
  auto plugins = all_plugins();
  const auto key_on = [&](const at::Device& device) {
    return engine::key_from(parts_of(plugins.get("hasher/lsh"), {.device = device}), 1);
  };
  EXPECT_NE(key_on(at::kCPU), key_on(at::Device(at::kCUDA, 0)));
  EXPECT_EQ(key_on(at::Device(at::kCUDA, 0)), key_on(at::Device(at::kCUDA, 1)));
}

TEST(Keys, HoldWhatTheProcessIsBuiltFromAndRunsOn) {
  auto plugins = all_plugins();
  const auto parts = parts_of(plugins.get("hasher/lsh"));
  EXPECT_EQ(parts["sdk_abi"], HASHLOOM_SDK_ABI);
  EXPECT_EQ(parts["libtorch"], TORCH_VERSION);
  EXPECT_EQ(parts["instructions"], engine::instruction_set());
  EXPECT_THAT(parts["sdk_build"].get<std::string>(), testing::MatchesRegex("[0-9a-f]{64}([0-9a-f]{64})?"));
}

TEST(Keys, ChangeWithEachThingThatTheyHold) {
  auto plugins = all_plugins();
  const auto parts = parts_of(plugins.get("hasher/lsh"), {}, 2, "before");
  std::set keys{engine::key_from(parts, 1)};
  for (const auto& part : parts.items()) {
    auto changed = parts;
    changed[part.key()] = "changed";
    keys.insert(engine::key_from(changed, 1));
  }
  EXPECT_EQ(keys.size(), parts.size() + 1);
}

TEST(Keys, StayTheSameForTheSame) { EXPECT_EQ(key_with(32, "a", {}, 1), key_with(32, "a", {}, 1)); }

std::map<std::string, std::string> states_of(const std::filesystem::path& run) {
  std::map<std::string, std::string> states;
  for (const auto& event : events::read(run))
    if (event["kind"] == "stage") states[event["stage"]] = event["state"];
  return states;
}

TEST(Keys, LetAnotherSeedShareWhatNeverAskedForRandomNumbers) {
  const TemporaryFolder folder;
  run(made_run(folder, kSlowLoop, {"rounds=1"}));
  const auto other_seed = made_run(folder, kSlowLoop, {"rounds=1", "seed=8"});
  run(other_seed);
  EXPECT_EQ(states_of(other_seed)["pixel"], "cached");
  EXPECT_EQ(states_of(other_seed)["start"], "finished");
}

TEST(Keys, LetTheSameRunAgainTakeEverythingFromTheCache) {
  const TemporaryFolder folder;
  const auto first = made_run(folder, kSlowLoop, {"rounds=1"}), second = made_run(folder, kSlowLoop, {"rounds=1"});
  run(first);
  run(second);
  for (const auto& [stage, state] : states_of(second)) EXPECT_EQ(state, "cached") << stage;
  EXPECT_EQ(final_codes(first), final_codes(second));
}

}  // namespace
}  // namespace hashloom::test
