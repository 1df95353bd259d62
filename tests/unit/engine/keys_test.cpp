#include <engine/keys.hpp>
#include <events/reader.hpp>
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
