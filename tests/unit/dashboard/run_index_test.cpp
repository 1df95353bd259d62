#include <gmock/gmock.h>

#include <dashboard/model/run_index.hpp>

#include "events_of.hpp"

using namespace hashloom::dash;
using namespace hashloom::test;

TEST(RunIndex, AMissingFolderHasNoRuns) {
  RunIndex index("/nowhere/at/all");
  EXPECT_FALSE(index.refresh());
  EXPECT_TRUE(index.runs().empty());
}

TEST(RunIndex, FindsARunThatBegins) {
  const TemporaryFolder folder;
  RunIndex index(folder.path());
  index.refresh();
  write_run(folder / "a", {run_begins(), run_ended()});
  EXPECT_TRUE(index.refresh());
  ASSERT_EQ(index.runs().size(), 1u);
  EXPECT_EQ(hashloom::report::state_name(index.runs()[0].info), "finished");
}

TEST(RunIndex, ChangesNothingWhereNothingChanged) {
  const TemporaryFolder folder;
  write_run(folder / "a", {run_begins(), run_ended()});
  RunIndex index(folder.path());
  EXPECT_TRUE(index.refresh());
  EXPECT_FALSE(index.refresh());
}

TEST(RunIndex, ForgetsARunThatIsDeleted) {
  const TemporaryFolder folder;
  write_run(folder / "a", {run_begins(), run_ended()});
  RunIndex index(folder.path());
  index.refresh();
  std::filesystem::remove_all(folder / "a");
  EXPECT_TRUE(index.refresh());
  EXPECT_TRUE(index.runs().empty());
}

TEST(RunIndex, AFolderThatCanNotBeLookedIntoLeavesTheOthers) {
  const TemporaryFolder folder;
  write_run(folder / "a", {run_begins(), run_ended()});
  std::filesystem::create_directory_symlink("round", folder / "round");  // to itself: looking into it fails
  RunIndex index(folder.path());
  EXPECT_TRUE(index.refresh());
  EXPECT_THAT(index.runs(), testing::Contains(testing::Field(
                                &ListedRun::info, testing::Field(&hashloom::report::RunInfo::folder, folder / "a"))));
}

TEST(RunIndex, ReadsAGrownRunAgainInItsTime) {
  const TemporaryFolder folder;
  write_run(folder / "a", {run_begins(), headline(1, 0.25), run_ended("stopped")});
  RunIndex index(folder.path());
  index.refresh();
  hashloom::events::Writer(folder / "a").write(headline(2, 0.5));
  index.refresh(RunIndex::Clock::now() + std::chrono::minutes(1));
  EXPECT_EQ(std::get<double>(index.runs()[0].info.value), 0.5);
}
