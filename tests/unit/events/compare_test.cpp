#include <gmock/gmock.h>

#include <events/writer.hpp>
#include <report/bad_folder.hpp>
#include <report/compare.hpp>
#include <report/runs.hpp>
#include <report/settings.hpp>
#include <report/sweeps.hpp>

#include "temporary_folder.hpp"

using namespace hashloom::report;
using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

json run_record(int64_t bits, int64_t seed) {
  return {{"workflow",
           {{"name", "pgh"},
            {"vars", {{"bits", bits}, {"images", 10000}}},
            {"profile", ""},
            {"stages", {{{"name", "start"}, {"uses", "hasher/lsh"}, {"with", {{"bits", bits}, {"scale", 0.5}}}}}},
            {"loops", json::array()}}},
          {"seed", seed},
          {"device", "cpu"},
          {"threads", 1}};
}

/// A finished run whose only headline metric is `value`, of a stage named score.
std::filesystem::path made_run(const std::filesystem::path& folder, const json& record, double value) {
  std::filesystem::create_directories(folder);
  write_text(folder / "run.json", record.dump());
  hashloom::events::Writer writer(folder);
  writer.write({{"kind", "metric"},
                {"stage", "score"},
                {"name", "mAP@all"},
                {"value", value},
                {"headline", true},
                {"unit", "%"}});
  writer.write({{"kind", "end"}, {"state", "finished"}, {"seconds", 1.5}});
  return folder;
}

void crashed_run(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  hashloom::events::Writer(folder).write({{"kind", "run"}});
  write_text(folder / "last_words.json", R"({"how": "exit(3) was called", "at_work": [{"text": "it"}]})");
}

std::vector<std::string> keys(const std::vector<Column>& columns) {
  std::vector<std::string> all;
  for (const auto& column : columns) all.push_back(column.key);
  return all;
}

std::vector<std::string> differing_names(const json& a, const json& b) {
  return keys(differing({settings_of(a), settings_of(b)}).columns);
}

}  // namespace

TEST(Settings, ThatAreTheSameInAllRunsAreLeftOut) {
  EXPECT_THAT(differing_names(run_record(32, 1), run_record(32, 2)), ElementsAre("seed"));
}

TEST(Settings, OfAStageThatFollowAVarAreLeftOut) {
  EXPECT_THAT(differing_names(run_record(16, 1), run_record(32, 1)), ElementsAre("bits"));
}

TEST(Settings, ThatAreMadeOfAVarAreLeftOut) {
  auto a = run_record(32, 1), b = a;
  a["workflow"]["vars"]["method"] = "lsh";
  b["workflow"]["vars"]["method"] = "itq";
  b["workflow"]["stages"][0]["uses"] = "hasher/itq";
  EXPECT_THAT(differing_names(a, b), ElementsAre("method"));
}

TEST(Settings, ThatComeWithAnotherComponentAreLeftOut) {
  auto other = run_record(32, 1);
  other["workflow"]["stages"][0]["uses"] = "hasher/itq";
  other["workflow"]["stages"][0]["with"]["iterations"] = 50;
  EXPECT_THAT(differing_names(run_record(32, 1), other), ElementsAre("start.uses"));
}

TEST(Settings, OfAStageAreNamedByStageAndParameter) {
  auto other = run_record(32, 1);
  other["workflow"]["stages"][0]["with"]["scale"] = 0.7;
  other["workflow"]["stages"][0]["uses"] = "hasher/itq";
  EXPECT_THAT(differing_names(run_record(32, 1), other), ElementsAre("start.uses", "start.scale"));
}

TEST(Settings, ThatOneRunLacksDiffer) {
  auto other = run_record(32, 1);
  other["workflow"]["vars"]["margin"] = 0.5;
  const auto table = differing({settings_of(run_record(32, 1)), settings_of(other)});
  EXPECT_THAT(keys(table.columns), ElementsAre("margin"));
  EXPECT_EQ(table.rows[0][0], Cell());
}

TEST(Settings, OfALoopAreItsRoundsAndWhatItsRoundsOverride) {
  auto a = run_record(32, 1), b = a;
  const json stage = {{"name", "gan"},
                      {"uses", "generator/dcgan"},
                      {"with", {{"epochs", 24}}},
                      {"from_round", {{"2", {{"epochs", 8}}}}}};
  a["workflow"]["loops"] = {{{"name", "pgh"}, {"rounds", 3}, {"stages", {stage}}, {"observe", json::array()}}};
  b["workflow"]["loops"] = a["workflow"]["loops"];
  b["workflow"]["loops"][0]["rounds"] = 4;
  b["workflow"]["loops"][0]["stages"][0]["from_round"]["2"]["epochs"] = 10;
  EXPECT_THAT(differing_names(a, b), ElementsAre("pgh.rounds", "gan.epochs from round 2"));
}

TEST(Settings, OfADamagedRecordAreThoseThatCanBeRead) {
  EXPECT_NO_THROW(settings_of(json{{"workflow", 3}, {"seed", "x"}}));
  EXPECT_NO_THROW(settings_of(json{{"workflow", {{"stages", {1, {{"with", 2}}}}, {"loops", 7}, {"vars", 1}}}}));
}

TEST(Compare, ShowsTheSettingsThatDifferThenTheMetrics) {
  const TemporaryFolder folder;
  const auto text = render(
      compare({made_run(folder / "b", run_record(32, 1), 0.50), made_run(folder / "a", run_record(16, 1), 0.25)}));
  EXPECT_EQ(text,
            "bits  mAP@all %  seconds  folder\n"
            "  16      25.00      0.0  " +
                (folder / "a").string() +
                "\n"
                "  32      50.00      0.0  " +
                (folder / "b").string() + "\n");
}

TEST(Compare, GivesMeanAndDeviationOverSeeds) {
  const TemporaryFolder folder;
  const auto all =
      compare({made_run(folder / "a", run_record(16, 1), 0.40), made_run(folder / "b", run_record(16, 2), 0.44),
               made_run(folder / "c", run_record(32, 1), 0.60)});
  // numpy: mean 0.42, std([0.40, 0.44], ddof=1) = 0.0282843
  const auto groups = all.over_seeds();
  ASSERT_EQ(groups.size(), 2u);
  EXPECT_NEAR(groups[0].metrics[0]->mean, 0.42, 1e-12);
  EXPECT_NEAR(groups[0].metrics[0]->deviation, 0.0282843, 1e-7);
  EXPECT_THAT(render(all), HasSubstr("mean ± deviation over seeds\n"
                                     "bits  seeds  mAP@all %\n"
                                     "  16      2  42.00 ± 2.83\n"
                                     "  32      1  60.00\n"));
}

TEST(Compare, GivesNoMeansWhereMoreThanTheSeedDiffers) {
  const TemporaryFolder folder;
  EXPECT_THAT(compare({made_run(folder / "a", run_record(16, 1), 0.4), made_run(folder / "b", run_record(32, 2), 0.5)})
                  .over_seeds(),
              IsEmpty());
}

TEST(Compare, TellsTheStateWhereARunIsNotFinished) {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder / "b");
  write_text(folder / "b" / "run.json", run_record(16, 2).dump());
  const auto text = render(compare({made_run(folder / "a", run_record(16, 1), 0.4), folder / "b"}));
  EXPECT_THAT(text, HasSubstr("seed  state      mAP@all %"));
  EXPECT_THAT(text, HasSubstr("   2  not begun          -"));
}

TEST(Compare, IsJsonForPrograms) {
  const TemporaryFolder folder;
  const auto written = to_json(
      compare({made_run(folder / "a", run_record(16, 1), 0.40), made_run(folder / "b", run_record(16, 2), 0.40)}));
  EXPECT_EQ(written["runs"][1]["settings"], json({{"seed", 2}}));
  EXPECT_EQ(written["runs"][1]["metrics"], json({{"mAP@all", 0.40}}));
  EXPECT_EQ(written["over_seeds"],
            json::parse(R"([{"settings": {}, "runs": 2, "metrics": {"mAP@all": {"mean": 0.4, "deviation": 0.0}}}])"));
}

TEST(Compare, RefusesAFolderThatIsNoRun) {
  const TemporaryFolder folder;
  EXPECT_THROW(compare({folder.path()}), BadFolder);
  write_text(folder / "run.json", "{");
  EXPECT_THROW(compare({folder.path()}), BadFolder);
}

TEST(Sweeps, StandForTheirCells) {
  const TemporaryFolder folder;
  write_text(folder / "sweep.json", R"({"cells": [{"folder": "seed=1"}, {"folder": "seed=2"}]})");
  EXPECT_THAT(with_cells({"other", folder.path()}), ElementsAre("other", folder / "seed=1", folder / "seed=2"));
}

TEST(Sweeps, AreListedWithHowManyCellsAreFinished) {
  const TemporaryFolder folder;
  const auto sweep = folder / "pgh";
  made_run(sweep / "seed=1", run_record(16, 1), 0.4);
  std::filesystem::create_directories(sweep / "seed=2");
  write_text(sweep / "seed=2" / "run.json", run_record(16, 2).dump());
  write_text(sweep / "sweep.json", R"({"cells": [{"folder": "seed=1"}, {"folder": "seed=2"}]})");
  const auto runs = list_runs(folder.path());
  ASSERT_EQ(runs.size(), 1u);
  EXPECT_THAT(render(runs_table(runs)), HasSubstr("1 of 2 cells"));
  EXPECT_EQ(newest_unfinished(folder.path()), sweep);
}

TEST(Sweeps, TellTheFirstFiveCellsThatCrashedAndWhy) {
  const TemporaryFolder folder;
  json cells = json::array();
  for (int seed = 1; seed <= 7; ++seed) {
    const auto name = "seed=" + std::to_string(seed);
    crashed_run(folder / "pgh" / name);
    cells.push_back({{"folder", name}});
  }
  write_text(folder / "pgh" / "sweep.json", json{{"cells", cells}}.dump());
  const auto text = troubles(list_runs(folder.path()));
  const auto sweep = (folder / "pgh").string();
  EXPECT_THAT(text, HasSubstr("\n" + sweep + "/seed=5: crashed: exit(3) was called in it\n"));
  EXPECT_THAT(text, Not(HasSubstr("seed=6")));
  EXPECT_THAT(text, HasSubstr("\n2 more of its cells; see: hashloom runs --runs " + sweep + "\n"));
}
