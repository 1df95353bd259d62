#include <gtest/gtest.h>

#include <dashboard/model/series.hpp>

using hashloom::dash::Series;

TEST(Series, KeepsEveryPointWhileThereIsRoom) {
  Series series(8);
  for (int i = 0; i < 8; ++i) series.add(i, 10 * i);
  EXPECT_EQ(series.x(), (std::vector<double>{0, 1, 2, 3, 4, 5, 6, 7}));
}

TEST(Series, StaysBoundedAndKeepsTheFirstAndTheLastPoint) {
  Series series(8);
  for (int i = 0; i < 1000; ++i) {
    series.add(i, i);
    ASSERT_LE(series.x().size(), 8u);
    ASSERT_EQ(series.x().back(), i);
  }
  EXPECT_EQ(series.x().front(), 0);
}

TEST(Series, ThinsEvenly) {
  Series series(8);
  for (int i = 0; i < 1000; ++i) series.add(i, i);
  const auto& x = series.x();
  for (size_t i = 2; i + 1 < x.size(); ++i) EXPECT_EQ(x[i] - x[i - 1], x[1] - x[0]);
}
