#include <gmock/gmock.h>

#include <dashboard/model/round_codes.hpp>
#include <events/npy.hpp>

#include "events_of.hpp"

using namespace hashloom::dash;
using namespace hashloom::test;
using testing::HasSubstr;

namespace {

/// Writes a blob of four codes of two bits; gives its event.
json codes_written(const std::filesystem::path& run, const std::string& blob, const std::vector<uint64_t>& codes,
                   int64_t round) {
  std::filesystem::create_directories(run / "blobs");
  const auto bytes = hashloom::events::npy(std::span(codes), std::ssize(codes), 1);
  write_text(run / "blobs" / blob, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  return in_round({{"kind", "codes"}, {"split", "train"}, {"blob", blob}, {"items", std::ssize(codes)}, {"bits", 2}},
                  round);
}

}  // namespace

TEST(RoundCodes, OneMoreEventLeavesWhatWasComputed) {
  const TemporaryFolder folder;
  write_run(folder.path(), {run_begins(), codes_written(folder.path(), "a", {0, 1, 2, 3}, 1)});
  FollowedRun run(folder.path());
  RoundCodes codes;
  codes.show(run, 1);
  const auto* computed = codes.correlations().data();
  hashloom::events::Writer(folder.path()).write(progressed(50, 1, 0.5));
  ASSERT_TRUE(run.refresh());
  codes.show(run, 1);
  EXPECT_EQ(codes.correlations().data(), computed);
}

TEST(RoundCodes, TellsRoundsApartWhoseBitsAreSetAlike) {
  const TemporaryFolder folder;
  write_run(folder.path(), {run_begins(), codes_written(folder.path(), "a", {0, 3, 0, 3}, 1),
                            codes_written(folder.path(), "b", {0, 1, 2, 3}, 2)});
  const FollowedRun run(folder.path());
  RoundCodes codes;
  codes.show(run, 1);
  const auto ones = codes.ones();
  EXPECT_EQ(codes.distinct(), 2);
  codes.show(run, 2);
  EXPECT_EQ(codes.ones(), ones);
  EXPECT_EQ(codes.distinct(), 4);
}

TEST(RoundCodes, SaysWhatIsMissing) {
  const TemporaryFolder folder;
  write_run(folder.path(), {run_begins(), codes_written(folder.path(), "a", {0, 1}, 1)});
  std::filesystem::remove(folder / "blobs/a");
  const FollowedRun run(folder.path());
  RoundCodes codes;
  codes.show(run, 0);
  EXPECT_EQ(codes.trouble(), RoundCodes::kNoCodesYet);
  codes.show(run, 1);
  EXPECT_THAT(codes.trouble(), HasSubstr("is missing"));
}
