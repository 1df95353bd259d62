#include <gmock/gmock.h>

#include <events/reader.hpp>
#include <events/writer.hpp>

#include "temporary_folder.hpp"

using hashloom::events::read;
using hashloom::events::Tailer;
using hashloom::events::without_undone;
using hashloom::events::Writer;
using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

std::string line(int64_t seq, const std::string& kind) {
  return json{{"schema", 1}, {"seq", seq}, {"kind", kind}}.dump() + "\n";
}

json event(int64_t seq, const std::string& kind) { return json::parse(line(seq, kind)); }

json resume(int64_t seq, int64_t after) {
  auto event = json::parse(line(seq, "resume"));
  event["after"] = after;
  return event;
}

std::vector<int64_t> numbers(const std::vector<json>& events) {
  std::vector<int64_t> all;
  for (const auto& event : events) all.push_back(event["seq"]);
  return all;
}

}  // namespace

TEST(Tailer, HasNothingBeforeTheFileIsThere) {
  const TemporaryFolder run;
  Tailer tailer(run.path());

  const auto news = tailer.poll();

  EXPECT_THAT(news.events, IsEmpty());
  EXPECT_FALSE(news.started_over);
}

TEST(Tailer, GivesEachEventOnce) {
  const TemporaryFolder run;
  Tailer tailer(run.path());
  write_text(run / "events.jsonl", line(0, "run") + line(1, "stage"));
  EXPECT_THAT(numbers(tailer.poll().events), ElementsAre(0, 1));
  append_text(run / "events.jsonl", line(2, "end"));
  EXPECT_THAT(numbers(tailer.poll().events), ElementsAre(2));
  EXPECT_THAT(tailer.poll().events, IsEmpty());
}

TEST(Tailer, TakesALineWhenItIsComplete) {
  const TemporaryFolder run;
  Tailer tailer(run.path());
  const auto second = line(1, "stage");
  write_text(run / "events.jsonl", line(0, "run") + second.substr(0, 9));
  EXPECT_THAT(numbers(tailer.poll().events), ElementsAre(0));
  append_text(run / "events.jsonl", second.substr(9));
  EXPECT_THAT(numbers(tailer.poll().events), ElementsAre(1));
  EXPECT_EQ(tailer.bad_lines(), 0);
}

TEST(Tailer, CountsLinesThatAreNoEvents) {
  const TemporaryFolder run;
  write_text(run / "events.jsonl",
             "rubbish\n\n[1]\n{\"seq\":1}\n{\"schema\":1,\"seq\":1,\"kind\":2}\n" + line(0, "run"));
  Tailer tailer(run.path());

  const auto news = tailer.poll();

  EXPECT_THAT(numbers(news.events), ElementsAre(0));
  EXPECT_EQ(tailer.bad_lines(), 5);
}

TEST(Tailer, StartsOverWhenTheFileWasTruncated) {
  const TemporaryFolder run;
  Tailer tailer(run.path());
  write_text(run / "events.jsonl", line(0, "run") + line(1, "stage"));
  tailer.poll();
  write_text(run / "events.jsonl", line(0, "end"));

  const auto news = tailer.poll();

  EXPECT_TRUE(news.started_over);
  EXPECT_EQ(news.events.front()["kind"], "end");
}

TEST(Tailer, StartsOverWhenAnotherFileTookItsPlace) {
  const TemporaryFolder run;
  Tailer tailer(run.path());
  write_text(run / "events.jsonl", line(0, "run"));
  tailer.poll();
  write_text(run / "other", line(0, "run") + line(1, "end"));
  std::filesystem::rename(run / "other", run / "events.jsonl");

  const auto news = tailer.poll();

  EXPECT_TRUE(news.started_over);
  EXPECT_THAT(numbers(news.events), ElementsAre(0, 1));
}

TEST(Tailer, StartsOverWhenTheFileWasWrittenAnewAndIsLonger) {
  const TemporaryFolder run;
  Tailer tailer(run.path());
  write_text(run / "events.jsonl", line(0, "run"));
  tailer.poll();
  write_text(run / "events.jsonl", line(0, "picture") + line(1, "end"));  // the same inode

  const auto news = tailer.poll();

  EXPECT_TRUE(news.started_over);
  EXPECT_THAT(numbers(news.events), ElementsAre(0, 1));
}

TEST(Tailer, DoesNotStartOverWhenATornLineWasCutOff) {
  const TemporaryFolder run;
  Tailer tailer(run.path());
  write_text(run / "events.jsonl", line(0, "run") + "{\"schema\":1,\"se");
  tailer.poll();
  Writer(run.path()).write({{"kind", "resume"}, {"after", 0}});

  const auto news = tailer.poll();

  EXPECT_FALSE(news.started_over);
  EXPECT_THAT(numbers(news.events), ElementsAre(1));
}

TEST(Tailer, LeavesOutKindsThatNobodyWants) {
  const TemporaryFolder run;
  write_text(run / "events.jsonl", line(0, "run") + line(1, "progress") + line(2, "metric") + line(3, "progress"));
  Tailer tailer(run.path(), {"run", "metric"});
  EXPECT_THAT(numbers(tailer.poll().events), ElementsAre(0, 2, 3));  // the last one tells how far the run is
  append_text(run / "events.jsonl", line(4, "progress") + line(5, "metric"));
  EXPECT_THAT(numbers(tailer.poll().events), ElementsAre(5));
}

TEST(Tailer, CountsALineThatIsBrokenBehindItsHead) {
  const TemporaryFolder run;
  write_text(run / "events.jsonl", "{\"kind\":\"run\",\"schema\":1,\"seq\":0,\"name\":nonsense}\n");
  Tailer tailer(run.path());
  EXPECT_THAT(tailer.poll().events, IsEmpty());
  EXPECT_EQ(tailer.bad_lines(), 1);
}

TEST(Tailer, RefusesEventsOfANewerSchema) {
  const TemporaryFolder run;
  write_text(run / "events.jsonl", "{\"schema\":2,\"seq\":0,\"kind\":\"run\"}\n");
  Tailer tailer(run.path());
  try {
    tailer.poll();
    FAIL() << "nothing was thrown";
  } catch (const std::runtime_error& error) {
    EXPECT_THAT(error.what(), HasSubstr("schema 2, this program reads 1"));
    EXPECT_THAT(error.what(), HasSubstr((run / "events.jsonl").string()));
  }
}

TEST(Reader, DropsWhatWasUndoneAlsoWhereItsKindIsNotWanted) {
  const TemporaryFolder run;
  write_text(run / "events.jsonl", line(0, "run") + line(1, "metric") + line(2, "progress") + line(3, "metric") +
                                       resume(4, 1).dump() + "\n" + line(5, "end"));
  EXPECT_THAT(numbers(read(run.path(), {"metric"})), ElementsAre(1, 4, 5));
}

TEST(Reader, GivesWhatAWriterWrote) {
  const TemporaryFolder run;
  Writer writer(run.path());
  writer.write({{"kind", "run"}, {"name", "PGH"}});
  writer.write({{"kind", "end"}, {"state", "finished"}});

  const auto events = read(run.path());

  ASSERT_EQ(events.size(), 2);
  EXPECT_EQ(events[0]["name"], "PGH");
  EXPECT_EQ(events[1]["state"], "finished");
}

TEST(Reader, HasNothingOfARunWithoutEvents) {
  const TemporaryFolder run;
  EXPECT_THAT(read(run.path()), IsEmpty());
}

TEST(Reader, DropsWhatAResumeUndoes) {
  const auto events =
      without_undone({event(0, "run"), event(1, "epoch"), event(2, "progress"), resume(3, 1), event(4, "end")});
  EXPECT_THAT(numbers(events), ElementsAre(0, 1, 3, 4));
}

TEST(Reader, DropsAResumeThatALaterOneUndoes) {
  const auto events = without_undone(
      {event(0, "run"), event(1, "epoch"), event(2, "epoch"), resume(3, 2), event(4, "epoch"), resume(5, 1)});
  EXPECT_THAT(numbers(events), ElementsAre(0, 1, 5));
}

TEST(Reader, KeepsAllWhenAResumeUndoesNothing) {
  const auto events = without_undone({event(0, "run"), event(1, "end"), resume(2, 1)});
  EXPECT_THAT(numbers(events), ElementsAre(0, 1, 2));
}

TEST(Reader, KeepsEventsBeforeAResumeThatDoesNotSayWhatItUndoes) {
  EXPECT_THAT(numbers(without_undone({event(0, "run"), event(1, "resume")})), ElementsAre(0, 1));
}
