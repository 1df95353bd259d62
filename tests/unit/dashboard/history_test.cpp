#include <gmock/gmock.h>

#include <dashboard/model/history.hpp>

#include "events_of.hpp"

using namespace hashloom::dash;
using namespace hashloom::test;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

History history_of(const std::vector<json>& events) {
  History history;
  for (const auto& event : events) history.take(event);
  return history;
}

}  // namespace

TEST(History, KnowsStagesBeforeTheyBegin) {
  const auto history = history_of({run_begins()});
  ASSERT_EQ(history.stages.size(), 3u);
  EXPECT_EQ(history.stages[1].name, "gan");
  EXPECT_EQ(history.stages[1].state, StageState::waiting);
  EXPECT_EQ(history.planned_rounds, 4);
}

TEST(History, TellsHowFarAStageIs) {
  const auto history = history_of({run_begins(), stage_told("started"), progressed(50, 2, 1)});
  // Epoch 2 of 4, half of it: 1.5 of 4 epochs; 250 images are left of 400, at 50 a second.
  EXPECT_DOUBLE_EQ(history.stages[1].share(), 0.375);
  EXPECT_DOUBLE_EQ(history.stages[1].seconds_left().value(), 5);
}

TEST(History, LossesGoOnOverRounds) {
  const auto history =
      history_of({stage_told("started"), progressed(50, 1, 9),
                  in_round({{"kind", "epoch"}, {"epoch", 1}, {"epochs", 1}, {"losses", {{"loss", 8}}}}, 1, "gan"),
                  stage_told("finished"), stage_told("started", 2), progressed(50, 1, 7, 2)});
  EXPECT_EQ(history.losses.at(0).points.x(), (std::vector<double>{0.5, 1, 1.5}));
  EXPECT_EQ(history.losses.at(0).points.y(), (std::vector<double>{9, 8, 7}));
  EXPECT_EQ(history.round_starts.at("gan").at(2), 1);
}

TEST(History, AMetricHoldsUntilItIsMeasuredAgain) {
  const auto history = history_of({headline(0, 0.3), headline(2, 0.5)});
  const auto& values = history.metrics.at(0).values;
  EXPECT_EQ(*at_round(values, 1), 0.3);
  EXPECT_EQ(*at_round(values, 7), 0.5);
}

TEST(History, HasNothingBeforeTheFirstValue) {
  EXPECT_EQ(at_round(history_of({headline(2, 0.5)}).metrics[0].values, 1), nullptr);
}

TEST(History, LeavesOutFiguresThatAreNoNumbers) {
  auto broken = headline(1, 0);
  broken["value"] = nullptr;
  EXPECT_TRUE(history_of({broken}).metrics.at(0).values.empty());
}

TEST(History, WarningsStandInTheLogWithTheirRemedy) {
  const auto history = history_of(
      {in_round({{"kind", "warning"}, {"trouble", "codes collapse"}, {"evidence", "0.41"}, {"remedy", "lower gamma"}},
                2, "gan")});
  EXPECT_EQ(history.log.at(0).severity, Severity::warning);
  EXPECT_EQ(history.log.at(0).text, "codes collapse: 0.41; lower gamma");
  EXPECT_EQ(history.log.at(0).round, 2);
}

TEST(History, KnowsWhatTheCurvesOfAllRoundsLieWithin) {
  const auto curve = [](int64_t round, const std::vector<double>& x, const std::vector<double>& y) {
    return in_round({{"kind", "curve"}, {"name", "embedding"}, {"x", x}, {"y", y}}, round);
  };
  const auto history = history_of({curve(1, {0, 2}, {1, 1}), curve(2, {1, 5}, {-3, 0}), curve(3, {}, {})});
  const auto& bounds = history.curves.at(0).bounds;
  EXPECT_THAT((std::vector{bounds.left, bounds.right, bounds.low, bounds.high}), ElementsAre(0, 5, -3, 1));
}

TEST(History, AnErrorWithoutDetailsHasNoGap) {
  const auto history =
      history_of({{{"kind", "error"}, {"what", "no space"}, {"details", ""}, {"remedy", "free some"}}});
  EXPECT_EQ(history.log.at(0).text, "no space; free some");
}

TEST(History, TheLogIsBounded) {
  History history;
  for (int i = 0; i < 20000; ++i) history.take(round_ended(1));
  EXPECT_EQ(history.log.size(), 10000u);
}

TEST(History, ARunIsPausedUntilItGoesOn) {
  const auto asked = [](const char* what) {
    return json{{"kind", "control"}, {"request", what}, {"state", "accepted"}};
  };
  EXPECT_TRUE(history_of({asked("pause")}).is_paused);
  EXPECT_FALSE(history_of({asked("pause"), asked("continue")}).is_paused);
  EXPECT_FALSE(history_of({asked("pause"), {{"kind", "resume"}, {"after", 3}}}).is_paused);
}

TEST(History, TakesEventsThatAreNotAsTheyShouldBe) {
  const auto history = history_of({{{"kind", "metric"}, {"round", "x"}, {"value", "y"}},
                                   {{"kind", 3}},
                                   json::array(),
                                   {{"kind", "curve"}, {"x", {1, 2}}, {"y", {1}}},
                                   {{"kind", "progress"}, {"losses", 4}},
                                   {{"kind", "run"}, {"rounds", 3}, {"stages", "gan"}},
                                   {{"kind", "new in 2030"}}});
  EXPECT_EQ(history.events, 7);
  EXPECT_TRUE(history.curves.empty());
}
