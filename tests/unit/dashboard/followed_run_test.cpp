#include <gmock/gmock.h>

#include <dashboard/model/followed_run.hpp>
#include <events/heartbeat.hpp>

#include "events_of.hpp"

using namespace hashloom::dash;
using namespace hashloom::test;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(FollowedRun, AnEmptyFolderHasNotBegun) {
  const TemporaryFolder folder;
  FollowedRun run(folder.path());
  EXPECT_EQ(run.state_name(), "not begun");
  EXPECT_THAT(run.trouble(), IsEmpty());
  EXPECT_FALSE(run.is_live());
}

TEST(FollowedRun, ALiveRunIsRunning) {
  const TemporaryFolder folder;
  write_run(folder.path(), {run_begins()});
  const hashloom::events::Heartbeat heart(folder.path());
  FollowedRun run(folder.path());
  EXPECT_EQ(run.state_name(), "running");
  EXPECT_TRUE(run.is_live());
}

TEST(FollowedRun, TakesWhatIsAppended) {
  const TemporaryFolder folder;
  write_run(folder.path(), {run_begins(), headline(0, 0.3)});
  FollowedRun run(folder.path());
  EXPECT_FALSE(run.refresh());
  hashloom::events::Writer(folder.path()).write(headline(1, 0.4));
  EXPECT_TRUE(run.refresh());
  EXPECT_EQ(run.history().metrics.at(0).values.at(1), 0.4);
}

TEST(FollowedRun, AStalledRunHasAnOldHeartbeat) {
  const TemporaryFolder folder;
  write_run(folder.path(), {run_begins()});
  const hashloom::events::Heartbeat heart(folder.path());
  const auto old = std::filesystem::file_time_type::clock::now() - std::chrono::seconds(60);
  std::filesystem::last_write_time(folder / "heartbeat.json", old);
  FollowedRun run(folder.path());
  EXPECT_EQ(run.state_name(), "stalled");
  EXPECT_THAT(run.trouble(), HasSubstr("heartbeat"));
}

TEST(FollowedRun, ACrashedRunSaysHowToGoOn) {
  const TemporaryFolder folder;
  write_run(folder.path(), {run_begins(), stage_told("started")});
  FollowedRun run(folder.path());
  EXPECT_EQ(run.state_name(), "crashed");
  EXPECT_THAT(run.trouble(), HasSubstr("hashloom resume " + folder.path().string()));
}

TEST(FollowedRun, ATornLastLineWaitsForItsEnd) {
  const TemporaryFolder folder;
  write_run(folder.path(), {run_begins()});
  const auto whole = json{{"schema", 1}, {"seq", 1}, {"kind", "end"}, {"state", "finished"}}.dump();
  append_text(folder / "events.jsonl", whole.substr(0, 20));
  FollowedRun run(folder.path());
  EXPECT_EQ(run.history().events, 1);
  append_text(folder / "events.jsonl", whole.substr(20) + "\n");
  run.refresh();
  EXPECT_EQ(run.state_name(), "finished");
}

TEST(FollowedRun, DamagedLinesAreCounted) {
  const TemporaryFolder folder;
  write_run(folder.path(), {run_begins(), run_ended()});
  append_text(folder / "events.jsonl", "nonsense\n");
  FollowedRun run(folder.path());
  EXPECT_THAT(run.trouble(), HasSubstr("1 damaged line"));
}

TEST(FollowedRun, EventsOfANewerSchemaAreUnreadable) {
  const TemporaryFolder folder;
  write_text(folder / "events.jsonl", json{{"schema", 2}, {"seq", 0}, {"kind", "run"}}.dump() + "\n");
  FollowedRun run(folder.path());
  EXPECT_EQ(run.state_name(), "unreadable");
  EXPECT_THAT(run.trouble(), HasSubstr("schema 2"));
}

TEST(FollowedRun, WhatAResumedRunDidAgainCountsOnce) {
  const TemporaryFolder folder;
  write_run(folder.path(), {run_begins(), headline(1, 0.1)});
  FollowedRun run(folder.path());
  hashloom::events::Writer writer(folder.path());
  writer.write({{"kind", "resume"}, {"after", 0}});
  run.refresh();
  EXPECT_TRUE(run.history().metrics.empty());
  writer.write(headline(1, 0.2));
  run.refresh();
  EXPECT_EQ(run.history().metrics.at(0).values.at(1), 0.2);
}

TEST(FollowedRun, EveryEventOfAResumedRunIsTakenOnce) {
  const TemporaryFolder folder;
  write_run(folder.path(), {run_begins(), headline(1, 0.1)});
  FollowedRun run(folder.path());
  hashloom::events::Writer writer(folder.path());
  writer.write({{"kind", "resume"}, {"after", 0}});
  writer.write(round_ended(1));
  run.refresh();
  writer.write(run_ended());
  run.refresh();
  EXPECT_EQ(run.history().events, 4);  // run, resume, round, end
  EXPECT_EQ(FollowedRun(folder.path()).history().events, 4);
}

TEST(FollowedRun, AReplacedFileIsReadAnew) {
  const TemporaryFolder folder;
  write_run(folder.path(), {run_begins(), headline(1, 0.1), headline(2, 0.2)});
  FollowedRun run(folder.path());
  std::filesystem::remove(folder / "events.jsonl");
  write_run(folder.path(), {run_begins()});
  run.refresh();
  EXPECT_TRUE(run.history().metrics.empty());
}

TEST(FollowedRun, ADamagedRecordIsNone) {
  const TemporaryFolder folder;
  write_text(folder / "run.json", "{\"workflow\": ");
  EXPECT_TRUE(FollowedRun(folder.path()).record().is_null());
}
