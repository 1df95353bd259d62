#include <gtest/gtest.h>

#include <dashboard/model/byte_budget.hpp>
#include <string>
#include <vector>

using hashloom::dash::ByteBudget;

TEST(ByteBudget, ForgetsWhatWasAskedForLongestAgo) {
  ByteBudget<std::string, int> kept(30);
  kept.put("a", 1, 10);
  kept.put("b", 2, 10);
  kept.put("c", 3, 10);
  kept.find("a");
  kept.put("d", 4, 10);
  EXPECT_EQ(kept.find("b"), nullptr);
  ASSERT_NE(kept.find("a"), nullptr);
  EXPECT_EQ(*kept.find("a"), 1);
}

TEST(ByteBudget, NeverHoldsMoreThanItsBytes) {
  ByteBudget<int, int> kept(100);
  for (int i = 0; i < 1000; ++i) {
    kept.put(i, i, 7);
    ASSERT_LE(kept.bytes(), 100);
  }
}

TEST(ByteBudget, TheLastOneStaysWhateverItsSize) {
  ByteBudget<int, int> kept(10);
  kept.put(1, 1, 5);
  kept.put(2, 2, 500);
  EXPECT_EQ(kept.find(1), nullptr);
  EXPECT_NE(kept.find(2), nullptr);
}

TEST(ByteBudget, TellsOfEachThatGoesOnce) {
  std::vector<int> gone;
  {
    ByteBudget<int, int> kept(10, [&](int& value) { gone.push_back(value); });
    for (int i = 0; i < 3; ++i) kept.put(i, i, 10);
    EXPECT_EQ(gone, (std::vector<int>{0, 1}));
  }
  EXPECT_EQ(gone, (std::vector<int>{0, 1, 2}));
}
