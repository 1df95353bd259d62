#include <gmock/gmock.h>

#include <dashboard/model/session.hpp>

#include "events_of.hpp"

using namespace hashloom::dash;
using namespace hashloom::test;

TEST(Session, WithoutRunsNothingIsChosen) {
  const TemporaryFolder folder;
  Session session(folder.path());
  EXPECT_EQ(session.chosen(), nullptr);
  EXPECT_TRUE(session.compared().empty());
}

TEST(Session, ARunsOwnFolderIsChosenAmongItsNeighbours) {
  const TemporaryFolder folder;
  write_run(folder / "a", {run_begins(), run_ended()});
  write_run(folder / "b", {run_begins(), run_ended()});
  Session session((folder / "a").string() + "/");
  EXPECT_EQ(session.chosen()->folder(), folder / "a");
  EXPECT_EQ(session.index().runs().size(), 2u);
}

TEST(Session, ChoosesTheFirstRunThatComes) {
  const TemporaryFolder folder;
  Session session(folder.path());
  write_run(folder / "a", {run_begins(), headline(3, 0.5)});
  EXPECT_TRUE(session.refresh());
  ASSERT_NE(session.chosen(), nullptr);
  EXPECT_EQ(session.timeline.round(), 3);
}

TEST(Session, ComparesTheChosenRunWithThosePicked) {
  const TemporaryFolder folder;
  for (const char* name : {"a", "b", "c"}) write_run(folder / name, {run_begins(), run_ended()});
  Session session(folder.path());
  session.choose(folder / "a");
  session.compare(folder / "c", true);
  EXPECT_EQ(session.compared().size(), 2u);
  session.compare(folder / "c", false);
  EXPECT_EQ(session.compared().size(), 1u);
}

TEST(Session, IsStillWhereNothingHappens) {
  const TemporaryFolder folder;
  write_run(folder / "a", {run_begins(), run_ended()});
  Session session(folder.path());
  EXPECT_FALSE(session.refresh());
}
