#include <gmock/gmock.h>

#include <events/heartbeat.hpp>
#include <events/writer.hpp>
#include <limits>
#include <report/rounds_table.hpp>
#include <report/runs.hpp>
#include <report/summary.hpp>
#include <report/text.hpp>

#include "temporary_folder.hpp"

using namespace hashloom::report;
using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

json headline(int64_t round, double value, const std::string& name = "mAP@all", const std::string& stage = "score",
              const std::string& loop = "pgh") {
  return {{"kind", "metric"}, {"stage", stage}, {"loop", loop},     {"round", round},
          {"name", name},     {"value", value}, {"headline", true}, {"unit", "%"}};
}

json round_zero() {
  return {{"kind", "round"}, {"loop", "pgh"}, {"round", 0}, {"distinct_codes", 9341}, {"seconds", 0.44}};
}

json ended_round(int64_t number, const std::string& loop = "pgh") {
  return {{"kind", "round"},       {"loop", loop},           {"round", number},
          {"changed_bits", 0.502}, {"distinct_codes", 8120}, {"seconds", 100.26}};
}

json end(double seconds, const std::string& state = "finished") {
  return {{"kind", "end"}, {"state", state}, {"seconds", seconds}};
}

std::vector<std::string> titles(const Table& table) {
  std::vector<std::string> all;
  for (const auto& column : table.columns) all.push_back(column.title);
  return all;
}

void write_run(const std::filesystem::path& folder, const std::vector<json>& events) {
  hashloom::events::Writer writer(folder);
  for (const auto& event : events) writer.write(event);
}

/// As write_run, with the times that a Writer would give.
void write_run_at(const std::filesystem::path& folder, double wall, std::vector<std::pair<double, json>> events) {
  std::filesystem::create_directories(folder);
  int64_t seq = 0;
  for (auto& [mono, event] : events) {
    event.update({{"schema", 1}, {"seq", seq++}, {"mono", mono}, {"wall", wall}});
    append_text(folder / "events.jsonl", event.dump() + "\n");
  }
}

std::filesystem::path run_with(const std::filesystem::path& folder, const json& event) {
  std::filesystem::create_directories(folder);
  write_run(folder, {event});
  return folder;
}

json run_event(const std::string& name) { return {{"kind", "run"}, {"name", name}, {"rounds", {{"pgh", 4}}}}; }

}  // namespace

TEST(RoundsTable, HasARowARound) {
  const auto table = rounds_table({headline(0, 0.4449), round_zero(), headline(1, 0.5252), ended_round(1), end(200)});
  EXPECT_EQ(render(table),
            "round  mAP@all %  changed bits %  distinct codes  seconds\n"
            "    0      44.49               -           9,341      0.4\n"
            "    1      52.52           50.20           8,120    100.3\n");
}

TEST(RoundsTable, HasOneRowForARunWithoutALoop) {
  const auto table = rounds_table({headline(0, 0.4136, "mAP@all", "score", ""), end(12.34)});
  EXPECT_EQ(render(table),
            "mAP@all %  seconds\n"
            "    41.36     12.3\n");
}

TEST(RoundsTable, HasARowForARunThatMeasuredNothing) {
  EXPECT_EQ(render(rounds_table({end(12.34)})), "seconds\n   12.3\n");
}

TEST(RoundsTable, PutsWhatLiesOutsideOfTheLoopLast) {
  auto outside = headline(0, 0.6, "mAP@all", "score", "");
  outside.erase("round");
  const auto table = rounds_table({outside, headline(0, 0.4), round_zero(), ended_round(1), end(200)});
  EXPECT_EQ(table.rows.size(), 3);
  EXPECT_EQ(shown(table.rows[2][0], table.columns[0]), "-");
  EXPECT_EQ(shown(table.rows[2][1], table.columns[1]), "60.00");
}

TEST(RoundsTable, HasAColumnForEachHeadline) {
  const auto table = rounds_table({headline(0, 0.4), headline(0, 0.5, "mAP@1000")});
  EXPECT_THAT(titles(table),
              ElementsAre("round", "mAP@all %", "mAP@1000 %", "changed bits %", "distinct codes", "seconds"));
}

TEST(RoundsTable, NamesTheStagesWhereTwoMeasureTheSame) {
  const auto table = rounds_table({headline(0, 0.4), headline(0, 0.5, "mAP@all", "other")});
  EXPECT_EQ(table.columns[1].title, "score mAP@all %");
  EXPECT_EQ(table.columns[2].title, "other mAP@all %");
  EXPECT_EQ(table.columns[2].key, "other.mAP@all");
}

TEST(RoundsTable, LeavesOutMetricsThatAreNoHeadlines) {
  auto other = headline(0, 0.5, "precision@100");
  other["headline"] = false;
  EXPECT_EQ(rounds_table({headline(0, 0.4), other, round_zero()}).columns.size(), 5);
}

TEST(RoundsTable, PutsRoundsInOrder) {
  const auto table = rounds_table({headline(2, 0.6), headline(1, 0.5), headline(0, 0.4)});
  EXPECT_EQ(std::get<int64_t>(table.rows[0][0]), 0);
  EXPECT_EQ(std::get<int64_t>(table.rows[2][0]), 2);
}

TEST(RoundsTable, NamesTheLoopsWhereThereAreSeveral) {
  const auto table = rounds_table({ended_round(1, "second"), ended_round(1, "first"), ended_round(2, "second")});
  EXPECT_EQ(table.columns[0].title, "loop");
  EXPECT_EQ(std::get<std::string>(table.rows[1][0]), "second");
  EXPECT_EQ(std::get<std::string>(table.rows[2][0]), "first");
}

TEST(RoundsTable, ShowsFiguresThatAreNoNumbers) {
  auto metric = headline(0, 0);
  metric["value"] = nullptr;
  const auto table = rounds_table({metric, round_zero()});
  EXPECT_EQ(shown(table.rows[0][1], table.columns[1]), "nan");
  EXPECT_TRUE(to_json(table)[0]["mAP@all"].is_null());
}

TEST(RoundsTable, ShowsOtherUnits) {
  auto metric = headline(0, 12.345678, "distance");
  metric["unit"] = "bits";
  const auto table = rounds_table({metric});
  EXPECT_EQ(table.columns[1].title, "distance bits");
  EXPECT_EQ(shown(table.rows[0][1], table.columns[1]), "12.35");
}

TEST(RoundsTable, GivesProgramsFractions) {
  const auto rows = to_json(rounds_table({headline(1, 0.5252), ended_round(1)}));
  EXPECT_EQ(rows, json::parse(R"([{"round": 1, "mAP@all": 0.5252, "changed_bits": 0.502, "distinct_codes": 8120,
                                   "seconds": 100.26}])"));
}

TEST(Summary, SaysWhereTheLatestPicturesAre) {
  const auto picture = [](int64_t round, const std::string& blob) {
    return json{{"kind", "picture"}, {"stage", "samples"}, {"name", "grid"}, {"round", round}, {"blob", blob}};
  };
  const auto text = summary("runs/pgh-1", {round_zero(), picture(1, "a.png"), picture(2, "b.png")});
  EXPECT_THAT(text, HasSubstr("\n2 pictures in runs/pgh-1/blobs, the latest:\n"
                              "  samples grid, round 2: runs/pgh-1/blobs/b.png\n"));
  EXPECT_THAT(text, testing::Not(HasSubstr("a.png")));
}

TEST(Summary, SaysWhereARunWithoutPicturesIs) {
  EXPECT_THAT(summary("runs/pgh-1", {round_zero()}), HasSubstr("The run is in runs/pgh-1\n"));
}

TEST(ListRuns, TellsThatARunWaitsForItsUser) {
  const TemporaryFolder folder;
  const auto run = folder / "pgh-1";
  const hashloom::events::Heartbeat heartbeat(
      run_with(run, {{"kind", "control"}, {"request", "pause"}, {"state", "accepted"}}));
  EXPECT_EQ(state_name(run_info(run)), "paused");
  run_with(run, {{"kind", "control"}, {"request", "continue"}, {"state", "accepted"}});
  EXPECT_EQ(state_name(run_info(run)), "running");
}

TEST(ListRuns, IsEmptyWithoutAFolder) {
  const TemporaryFolder folder;
  EXPECT_TRUE(list_runs(folder / "runs").empty());
}

TEST(ListRuns, TellsOfEachRun) {
  const TemporaryFolder runs;
  write_run_at(runs / "pgh-1", 1e9,
               {{5, run_event("PGH")},
                {6, headline(0, 0.4)},
                {7, round_zero()},
                {8, headline(1, 0.5)},
                {65, ended_round(1)},
                {70, end(65)}});

  const auto run = list_runs(runs.path()).at(0);

  EXPECT_EQ(run.name, "PGH");
  EXPECT_EQ(run.state, hashloom::events::RunState::finished);
  EXPECT_EQ(run.started, 1e9);
  EXPECT_EQ(run.rounds, 1);
  EXPECT_EQ(run.of_rounds, 4);
  EXPECT_EQ(run.metric, "mAP@all");
  EXPECT_EQ(std::get<double>(run.value), 0.5);
  EXPECT_EQ(run.seconds, 65);
  EXPECT_EQ(run.folder, runs / "pgh-1");
}

TEST(ListRuns, LeavesPausesOutOfTheSeconds) {
  const TemporaryFolder runs;
  write_run_at(runs / "pgh-1", 1e9,
               {{0, run_event("PGH")}, {10, round_zero()}, {500, {{"kind", "resume"}, {"after", 1}}}, {507, end(7)}});
  EXPECT_EQ(list_runs(runs.path()).at(0).seconds, 17);
}

TEST(ListRuns, PutsTheNewestFirst) {
  const TemporaryFolder runs;
  write_run_at(runs / "a", 2e9, {{0, run_event("newest")}});
  write_run_at(runs / "b", 1e9, {{0, run_event("oldest")}});
  EXPECT_EQ(list_runs(runs.path()).at(0).name, "newest");
}

TEST(ListRuns, LeavesOutWhatIsNoRun) {
  const TemporaryFolder runs;
  std::filesystem::create_directory(runs / "something");
  write_text(runs / "notes.txt", "");
  EXPECT_TRUE(list_runs(runs.path()).empty());
}

TEST(ListRuns, GoesOnPastARunThatCannotBeRead) {
  const TemporaryFolder runs;
  std::filesystem::create_directory(runs / "newer");
  write_text(runs / "newer/events.jsonl", "{\"schema\":9,\"seq\":0,\"kind\":\"run\"}\n");
  write_run(runs / "good", {run_event("PGH")});

  const auto all = list_runs(runs.path());

  ASSERT_EQ(all.size(), 2);
  EXPECT_THAT(all[1].trouble, HasSubstr("schema 9"));
  EXPECT_THAT(render(runs_table(all)), HasSubstr("unreadable"));
}

TEST(ListRuns, IsShownAsATable) {
  RunInfo run;
  run.folder = "runs/pgh-1";
  run.name = "PGH";
  run.state = hashloom::events::RunState::finished;
  run.rounds = 2;
  run.of_rounds = 4;
  run.metric = "mAP@all";
  run.unit = "%";
  run.value = 0.5314;
  run.seconds = 252;
  EXPECT_EQ(render(runs_table({run})),
            "name  state     started  rounds  metric           time  folder\n"
            "PGH   finished  -        2 of 4  mAP@all 53.14 %  4:12  runs/pgh-1\n");
}

TEST(ListRuns, IsJsonForPrograms) {
  RunInfo run;
  run.folder = "runs/a";
  run.value = std::numeric_limits<double>::infinity();
  const auto row = json::parse(to_json(std::vector{run}).dump())[0];
  EXPECT_EQ(row["folder"], "runs/a");
  EXPECT_EQ(row["state"], "crashed");
  EXPECT_TRUE(row["metric"].is_null());
  EXPECT_TRUE(row["value"].is_null());
}

TEST(NewestUnfinished, IsTheNewestThatDidNotFinish) {
  const TemporaryFolder runs;
  write_run_at(runs / "old", 1e9, {{0, run_event("old")}});
  write_run_at(runs / "stopped", 2e9, {{0, run_event("stopped")}, {1, end(1, "stopped")}});
  write_run_at(runs / "finished", 3e9, {{0, run_event("finished")}, {1, end(1)}});
  EXPECT_EQ(newest_unfinished(runs.path()), runs / "stopped");
}

TEST(NewestUnfinished, IsNothingWhereAllFinished) {
  const TemporaryFolder runs;
  write_run(runs / "a", {run_event("a"), end(1)});
  EXPECT_EQ(newest_unfinished(runs.path()), std::nullopt);
}

TEST(Text, CountsColumnsNotBytes) {
  EXPECT_EQ(width("naïve"), 5);
  EXPECT_EQ(width("e\xcc\x81"), 1);     // a letter and an accent that joins it
  EXPECT_EQ(width("\xe7\xbc\x96"), 2);  // an East Asian character
  EXPECT_EQ(width("\xff\xc3"), 2);      // no UTF-8
}

TEST(Text, CutsBetweenCharacters) {
  EXPECT_EQ(cut("naïve", 3), "naï");
  EXPECT_EQ(cut("\xe7\xbc\x96\xe7\xbc\x96", 3), "\xe7\xbc\x96");
  EXPECT_EQ(cut("abc", 9), "abc");
}

TEST(Text, GroupsThousands) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1000), "1,000");
  EXPECT_EQ(grouped(-123456), "-123,456");
  EXPECT_EQ(grouped(1234567), "1,234,567");
}

TEST(Text, ShowsDurations) {
  EXPECT_EQ(duration(0.4), "0:00");
  EXPECT_EQ(duration(59.6), "1:00");
  EXPECT_EQ(duration(3723), "1:02:03");
  EXPECT_EQ(duration(-5), "0:00");
  EXPECT_EQ(duration(std::numeric_limits<double>::quiet_NaN()), "?");
}

TEST(Text, ReplacesControlCharacters) { EXPECT_EQ(without_controls("a\x1b[31m\tb\nc\x7f"), "a?[31m?b\nc?"); }
