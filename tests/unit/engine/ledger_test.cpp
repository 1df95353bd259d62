#include <engine/ledger.hpp>
#include <engine/seeds.hpp>
#include <fstream>
#include <set>

#include "run_in_test.hpp"

namespace hashloom::test {
namespace {

TEST(Ledger, RemembersUnitsAcrossInstances) {
  const TemporaryFolder folder;
  engine::Ledger(folder.path()).mark("pgh/1/gan", {2.5, "key"}, 17);
  const engine::Ledger ledger(folder.path());
  EXPECT_TRUE(ledger.done("pgh/1/gan"));
  EXPECT_FALSE(ledger.done("pgh/1"));
  EXPECT_EQ(ledger.seq(), 17);
  EXPECT_DOUBLE_EQ(ledger.seconds("pgh/1/gan"), 2.5);
}

TEST(Ledger, SumsTheSecondsOfARound) {
  const TemporaryFolder folder;
  engine::Ledger ledger(folder.path());
  ledger.mark("pgh/1/gan", {2}, 1);
  ledger.mark("pgh/1/network", {3}, 2);
  ledger.mark("pgh/10/gan", {100}, 3);
  EXPECT_DOUBLE_EQ(ledger.seconds_below("pgh/1/"), 5);
}

TEST(Ledger, RefusesAFileThatIsNone) {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder.path() / "checkpoints");
  std::ofstream(folder.path() / "checkpoints/ledger.json") << "{";
  EXPECT_THROW(engine::Ledger(folder.path()), std::runtime_error);
}

TEST(Seeds, DependOnEachOfSeedPathRoundAndEpoch) {
  const std::set<uint64_t> seeds{engine::seed_for(1, "gan", 1, 1), engine::seed_for(2, "gan", 1, 1),
                                 engine::seed_for(1, "net", 1, 1), engine::seed_for(1, "gan", 2, 1),
                                 engine::seed_for(1, "gan", 1, 2)};
  EXPECT_EQ(seeds.size(), 5u);
}

TEST(Seeds, NeverChange) {
  // python3 -c "import hashlib; print(int(hashlib.sha256(b'2018|pgh/gan|1|3').hexdigest()[:16], 16))"
  EXPECT_EQ(engine::seed_for(2018, "pgh/gan", 1, 3), 1222625696177024759ull);
}

}  // namespace
}  // namespace hashloom::test
