#include <gtest/gtest.h>

#include <dashboard/model/timeline.hpp>

using hashloom::dash::Timeline;

TEST(Timeline, FollowsTheLastRound) {
  Timeline timeline;
  timeline.extend_to(2);
  EXPECT_EQ(timeline.round(), 2);
  timeline.extend_to(3);
  EXPECT_EQ(timeline.round(), 3);
}

TEST(Timeline, APickedRoundStaysWhileTheRunGoesOn) {
  Timeline timeline;
  timeline.extend_to(2);
  timeline.pick(1);
  timeline.extend_to(5);
  EXPECT_EQ(timeline.round(), 1);
  timeline.follow();
  EXPECT_EQ(timeline.round(), 5);
}

TEST(Timeline, StepsEndAtTheEnds) {
  Timeline timeline;
  timeline.extend_to(2);
  timeline.step(7);
  EXPECT_EQ(timeline.round(), 2);
  timeline.step(-9);
  EXPECT_EQ(timeline.round(), 0);
}
