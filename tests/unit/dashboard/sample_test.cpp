#include <gmock/gmock.h>

#include <dashboard/model/sample.hpp>

#include "events_of.hpp"

using namespace hashloom::dash;
using namespace hashloom::test;
using testing::DoubleEq;
using testing::ElementsAre;

namespace {

json curve(const std::string& name, const std::vector<double>& x, const std::vector<double>& y) {
  return in_round({{"kind", "curve"}, {"name", name}, {"x", x}, {"y", y}}, 1, "embedding");
}

/// Items 0, 1 and 2 of classes 5, 5 and 6, with codes 00, 01 and 11.
Sample three_items() { return {{0, 1, 2}, {0, 0, 0}, {0, 1, 2}, {5, 5, 6}, {}, {}}; }
CodeMatrix three_codes() { return {{0b00, 0b01, 0b11}, 3, 2}; }

}  // namespace

TEST(Sample, IsReadFromEvents) {
  History history;
  history.take(curve("embedding", {0.5, 1.5}, {2, 3}));
  history.take(curve("sample", {10, 20}, {4, -1}));
  const auto sample = sample_of(history, 1);
  ASSERT_TRUE(sample);
  EXPECT_THAT(sample->items, ElementsAre(10, 20));
  EXPECT_THAT(sample->classes, ElementsAre(4, -1));
  EXPECT_THAT(sample->x, ElementsAre(0.5, 1.5));
}

TEST(Sample, IsNotThereWhereItsCurvesDoNotFit) {
  History history;
  history.take(curve("embedding", {0.5}, {2}));
  EXPECT_FALSE(sample_of(history, 1));
  history.take(curve("sample", {10, 20}, {4, 5}));
  EXPECT_FALSE(sample_of(history, 1));
}

TEST(Sample, IsNotThereWhereItsCurvesAreEmpty) {
  History history;
  history.take(curve("embedding", {}, {}));
  history.take(curve("sample", {}, {}));
  EXPECT_FALSE(sample_of(history, 1));
}

TEST(Sample, RefusesClassesThatCanBeNone) {
  for (const double number : {2e9, 1000.0, -2.0}) {
    History history;
    history.take(curve("embedding", {0.5}, {2}));
    history.take(curve("sample", {10}, {number}));
    EXPECT_THROW(sample_of(history, 1), std::runtime_error) << number;
  }
}

TEST(Sample, CellsStandRowByRow) {
  const auto cell = three_items().cell(2);  // two columns, two rows
  EXPECT_EQ((std::vector<double>{cell.left, cell.top, cell.right, cell.bottom}), (std::vector<double>{0, 0.5, 0.5, 1}));
}

TEST(Sample, DistancesAreSharesOfPairs) {
  const auto found = distances(three_items(), three_codes());
  EXPECT_THAT(found.same, ElementsAre(0, 1, 0));
  EXPECT_THAT(found.other, ElementsAre(0, 0.5, 0.5));
}

TEST(Sample, NearestLeavesTheQueryOut) {
  const auto found = nearest(three_items(), three_codes(), 0, 5);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].place, 1);
  EXPECT_EQ(found[1].distance, 2);
}

TEST(Sample, CodesThatMoreImagesShareComeFirst) {
  const CodeMatrix codes({0b11, 0b01, 0b11}, 3, 2);
  const auto shared = shared_codes(three_items(), codes);
  ASSERT_EQ(shared.size(), 2u);
  EXPECT_THAT(shared[0].places, ElementsAre(0, 2));
  EXPECT_EQ(shared[0].hex, "3");
}

TEST(Sample, ItemsThatTheCodesLackAreNoHarm) {
  auto sample = three_items();
  sample.items[1] = 99;
  EXPECT_TRUE(nearest(sample, three_codes(), 0, 5).empty());
  EXPECT_TRUE(shared_codes(sample, three_codes()).empty());
  EXPECT_THAT(distances(sample, three_codes()).same, ElementsAre(0, 0, 0));
}
