#include "view_fixtures.hpp"

using namespace hashloom::test;

TEST(StageProgressTest, CountsAllEpochs) {
  StageProgress gan(stage("started"));
  gan.on_progress(progress(3, 50), 0);
  EXPECT_DOUBLE_EQ(gan.fraction().value(), 2.5 / 8);
}

TEST(StageProgressTest, TellsTheTimeLeftForAllEpochs) {
  StageProgress gan(stage("started"));
  gan.on_progress(progress(1, 0), 10);
  gan.on_progress(progress(2, 100), 30);  // a quarter in 20 s
  EXPECT_DOUBLE_EQ(gan.left(30).value(), 60);
}

TEST(StageProgressTest, TellsTheTimeLeftOfAResumedStageFromWhatItDidItself) {
  StageProgress gan(stage("started"));
  gan.on_progress(progress(5, 0), 10);    // half was done before
  gan.on_progress(progress(6, 100), 30);  // a quarter in 20 s, a quarter is left
  EXPECT_DOUBLE_EQ(gan.left(30).value(), 20);
}

TEST(StageProgressTest, DoesNotGuessFromNothing) {
  StageProgress gan(stage("started"));
  EXPECT_EQ(gan.left(0), std::nullopt);
  gan.on_progress(progress(1, 1), 10);
  gan.on_progress(progress(1, 10), 10.5);
  EXPECT_EQ(gan.left(10.5), std::nullopt);
}

TEST(StageProgressTest, StartsTimingAnewWithAnotherPieceOfWork) {
  StageProgress gist({{"kind", "stage"}, {"stage", "gist"}});
  gist.on_progress({{"done", 0}, {"total", 10}}, 0);
  gist.on_progress({{"done", 10}, {"total", 10}}, 100);
  gist.on_progress({{"done", 0}, {"total", 100}}, 100);
  gist.on_progress({{"done", 50}, {"total", 100}}, 102);
  EXPECT_DOUBLE_EQ(gist.left(102).value(), 2);
}

TEST(StageProgressTest, IsFullAfterTheLastEpoch) {
  StageProgress gan(stage("started"));
  gan.on_epoch(epoch(8), 50);
  EXPECT_EQ(gan.fraction(), 1);
}

TEST(StageProgressTest, BearsEventsThatLackEverything) {
  StageProgress gan(json::object());
  gan.on_progress({{"done", "many"}, {"total", nullptr}, {"losses", {1, 2}}, {"epoch", 9}, {"epochs", -1}}, 1);
  gan.on_epoch(json::object(), 2);
  EXPECT_EQ(gan.fraction(), std::nullopt);
}

TEST(StageProgressTest, ShowsBarRateTimeLeftAndLosses) {
  StageProgress gan(stage("started"));
  gan.on_progress(progress(1, 0), 0);
  gan.on_progress(progress(5, 0), 21);
  EXPECT_EQ(
      plain(gan.line(7, "round 2/4", 21)),
      "gan      round 2/4  epoch 5/8  [########--------]   50%  3,012 images/s  0:21 left  loss_d 0.63  loss_g 1.20");
}

TEST_F(Plain, SaysWhatBeginsAndEnds) {
  view.on_event(run_event());
  view.on_event(stage("started"));
  view.on_event(stage("finished"));
  view.on_event({{"kind", "end"}, {"state", "finished"}, {"seconds", 252.4}});
  EXPECT_EQ(written(),
            "PGH  seed 2018  2 threads  cpu  bf16\n"
            "gan  round 2/4  started\n"
            "gan      round 2/4  0:50\n"
            "finished after 4:12\n");
}

TEST_F(Plain, SaysThatAStageWasCached) {
  view.on_event({{"kind", "stage"}, {"stage", "gist"}, {"state", "cached"}, {"seconds", 0.2}});
  EXPECT_EQ(written(), "gist  0:00  (cached)\n");
}

TEST_F(Plain, SaysWhyTheResultOfAStageIsNotCached) {
  auto ended = stage("finished");
  ended["not_cached"] = "it says that it is not deterministic: it reads the clock";
  view.on_event(ended);
  EXPECT_EQ(written(), "gan  round 2  0:50  (not cached)  it says that it is not deterministic: it reads the clock\n");
}

TEST_F(Plain, TellsProgressEveryTenSeconds) {
  view.on_event(stage("started"));
  for (int i = 0; i < 100; ++i) {
    now += 0.3;
    view.on_event(progress(1, i));
  }
  const auto text = written();
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1 + 2);  // 30 s
}

TEST_F(Plain, TellsTheLastEpoch) {
  view.on_event(stage("started"));
  view.on_event(epoch(7));
  view.on_event(epoch(8));
  EXPECT_EQ(written(), "gan  round 2  started\ngan  round 2  epoch 8/8  100%\n");
}

TEST_F(Plain, TellsARoundWithItsHeadlines) {
  view.on_event(run_event());
  view.on_event({{"kind", "metric"},
                 {"stage", "score"},
                 {"loop", "pgh"},
                 {"round", 1},
                 {"name", "mAP@all"},
                 {"value", 0.5314},
                 {"unit", "%"},
                 {"headline", true}});
  view.on_event({{"kind", "metric"},
                 {"stage", "score"},
                 {"loop", "pgh"},
                 {"round", 2},
                 {"name", "mAP@all"},
                 {"value", 0.6},
                 {"unit", "%"},
                 {"headline", true}});
  view.on_event({{"kind", "round"},
                 {"loop", "pgh"},
                 {"round", 1},
                 {"changed_bits", 0.041},
                 {"distinct_codes", 8120},
                 {"seconds", 51}});
  EXPECT_THAT(written(), HasSubstr("\nround 1/4  mAP@all 53.14 %  changed bits 4.10 %  distinct codes 8,120  0:51\n"));
}

TEST_F(Plain, TellsThatCodesSettled) {
  view.on_event({{"kind", "loop"}, {"loop", "pgh"}, {"rounds", 3}, {"why", "codes settled"}});
  view.on_event({{"kind", "loop"}, {"loop", "pgh"}, {"rounds", 4}, {"why", "rounds"}});
  EXPECT_EQ(written(), "pgh  codes settled after 3 rounds\n");
}

TEST_F(Plain, WarnsWithEvidenceAndRemedy) {
  view.on_event(warning());
  EXPECT_EQ(written(),
            "warning: stage 'gan', round 2, epoch 5: codes collapse\n"
            "  correlation of bits 0.41\n"
            "  lower gamma (now 1)\n");
}

TEST_F(Plain, TellsAnErrorWithItsRemedy) {
  EXPECT_FALSE(view.has_shown_error());
  view.on_event(
      {{"kind", "error"}, {"stage", "gan"}, {"what", "the loss is not a number\nimages [64]"}, {"remedy", "try less"}});
  EXPECT_EQ(written(), "error: stage 'gan': the loss is not a number\nimages [64]\n  try less\n");
  EXPECT_TRUE(view.has_shown_error());
}

TEST_F(Plain, DoesNotNameAStageTwice) {
  view.on_event({{"kind", "error"}, {"stage", "gan"}, {"what", "stage 'gan', round 2: no"}});
  EXPECT_EQ(written(), "error: stage 'gan', round 2: no\n");
}

TEST_F(Plain, HasNoControlCharacters) {
  view.on_event({{"kind", "stage"}, {"stage", "\x1b[2Jgan\r"}, {"state", "cached"}});
  view.on_event({{"kind", "warning"}, {"trouble", "\x1b]0;title\a"}});
  EXPECT_THAT(written(), AllOf(Not(HasSubstr("\x1b")), Not(HasSubstr("\r")), Not(HasSubstr("\a"))));
}
