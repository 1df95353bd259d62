#include <ATen/Parallel.h>
#include <ATen/ops/one_hot.h>
#include <ATen/ops/randperm.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "inputs.hpp"
#include "plugin_under_test.hpp"
#include "retrieval_reference.hpp"

namespace hashloom::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Values = std::map<std::string, ParamValue>;

RecordingContext evaluated(const EvaluationInputs& in, const Values& values = {}) {
  RecordingContext run;
  make("retrieval", "evaluator/retrieval", values).evaluator->evaluate(in, run);
  return run;
}

double figure(const RecordingContext& run, const std::string& name) { return run.metrics.at(name).at(0); }

/// A random task with many ties: codes of few bits, 3 classes.
struct Task {
  Codes query, database;
  Tensor query_labels, database_labels;

  Task(int64_t queries, int64_t items, int64_t bits, uint64_t seed)
      : query(random_codes(queries, bits, seed)),
        database(random_codes(items, bits, seed + 1)),
        query_labels(random_labels(queries, 3, seed + 2)),
        database_labels(random_labels(items, 3, seed + 3)) {}

  EvaluationInputs inputs() const { return retrieval_inputs(query, query_labels, database, database_labels); }

  template <class Figure>
  double mean(const Figure& figure) const {
    double sum = 0;
    for (int64_t q = 0; q < query.items(); ++q)
      sum += figure(seen_by(q, query, query_labels, database, database_labels));
    return sum / static_cast<double>(query.items());
  }

  Task reordered(const Tensor& order) const {
    Task other = *this;
    other.database = Codes::pack(database.unpack(order));
    other.database_labels = database_labels.index_select(0, order);
    return other;
  }
};

class Cut : public testing::TestWithParam<int64_t> {};

TEST_P(Cut, OverRetrievedIsTheMeanOverAllOrdersOfTies) {
  const Task task(6, 7, 2, 10);
  const int64_t r = GetParam();
  const auto run = evaluated(task.inputs(), {{"r", r}});
  const auto slow = [&](const auto& items) { return mean_over_all_orders(items, r, Divided::by_retrieved); };
  EXPECT_NEAR(figure(run, fmt::format("mAP@{} (over retrieved)", r)), task.mean(slow), 1e-12);
}

TEST_P(Cut, OverMinIsTheMeanOverAllOrdersOfTies) {
  const Task task(6, 7, 2, 20);
  const int64_t r = GetParam();
  const auto run = evaluated(task.inputs(), {{"r", r}});
  const auto slow = [&](const auto& items) { return mean_over_all_orders(items, r, Divided::by_min); };
  EXPECT_NEAR(figure(run, fmt::format("mAP@{} (over min)", r)), task.mean(slow), 1e-12);
}

TEST_P(Cut, InDatabaseOrderIsThatOfAStableSort) {
  const Task task(20, 50, 3, 30);
  const int64_t r = GetParam();
  const auto run = evaluated(task.inputs(), {{"r", r}});
  const auto slow = [&](const auto& items) {
    return average_precision(stably_sorted(items), r, Divided::by_retrieved);
  };
  EXPECT_NEAR(figure(run, fmt::format("mAP@{} (over retrieved, database order)", r)), task.mean(slow), 1e-12);
}

TEST_P(Cut, InDatabaseOrderOverMinIsThatOfAStableSort) {
  const Task task(20, 50, 3, 40);
  const int64_t r = GetParam();
  const auto run = evaluated(task.inputs(), {{"r", r}});
  const auto slow = [&](const auto& items) { return average_precision(stably_sorted(items), r, Divided::by_min); };
  EXPECT_NEAR(figure(run, fmt::format("mAP@{} (over min, database order)", r)), task.mean(slow), 1e-12);
}

INSTANTIATE_TEST_SUITE_P(Retrieval, Cut, testing::Values(1, 2, 3, 4, 5, 6, 7, 8, 1000));

TEST(Retrieval, MapAtAllIsTheMeanOverAllOrdersOfTies) {
  const Task task(6, 7, 2, 50);
  const auto slow = [&](const auto& items) { return mean_over_all_orders(items, 7, Divided::by_min); };
  EXPECT_NEAR(figure(evaluated(task.inputs()), "mAP@all"), task.mean(slow), 1e-12);
}

TEST(Retrieval, MapAtAllInDatabaseOrderIsThatOfAStableSort) {
  const Task task(20, 100, 4, 60);
  const auto slow = [&](const auto& items) { return average_precision(stably_sorted(items), 100, Divided::by_min); };
  EXPECT_NEAR(figure(evaluated(task.inputs()), "mAP@all (database order)"), task.mean(slow), 1e-12);
}

class CodeLength : public testing::TestWithParam<int64_t> {};

TEST_P(CodeLength, MapAtAllIsThePlaceByPlaceExpectation) {
  const Task task(4, 150, GetParam(), 70);
  const auto slow = [](const auto& items) {
    return expected_place_by_place(items, 150, Divided::by_min).average_precision;
  };
  EXPECT_NEAR(figure(evaluated(task.inputs()), "mAP@all"), task.mean(slow), 1e-12);
}

TEST_P(CodeLength, MapAtRIsThePlaceByPlaceExpectation) {
  const Task task(4, 150, GetParam(), 80);
  const auto slow = [](const auto& items) {
    return expected_place_by_place(items, 40, Divided::by_retrieved).average_precision;
  };
  const auto run = evaluated(task.inputs(), {{"r", int64_t{40}}});
  EXPECT_NEAR(figure(run, "mAP@40 (over retrieved)"), task.mean(slow), 1e-12);
}

TEST_P(CodeLength, PrecisionAtNIsTheExpectedShareOfHits) {
  const Task task(4, 150, GetParam(), 90);
  const auto slow = [](const auto& items) { return expected_place_by_place(items, 30, Divided::by_min).hits / 30; };
  const auto run = evaluated(task.inputs(), {{"cuts", std::vector<int64_t>{30}}});
  EXPECT_NEAR(figure(run, "precision@30"), task.mean(slow), 1e-12);
}

INSTANTIATE_TEST_SUITE_P(Retrieval, CodeLength, testing::Values(1, 3, 8, 64, 65, 130, 4096));

TEST(Retrieval, RecallAtNIsTheExpectedShareOfRelevantItems) {
  const Task task(4, 150, 5, 100);
  const auto slow = [](const auto& items) {
    return expected_place_by_place(items, 30, Divided::by_min).hits /
           static_cast<double>(std::ranges::count_if(items, &Item::relevant));
  };
  const auto run = evaluated(task.inputs(), {{"cuts", std::vector<int64_t>{30}}});
  EXPECT_NEAR(figure(run, "recall@30"), task.mean(slow), 1e-12);
}

TEST(Retrieval, PrecisionAtNDividesByNWhereTheDatabaseIsSmaller) {
  const auto in = retrieval_inputs(codes_of({"00"}), labels_of({1}), codes_of({"00", "01"}), labels_of({1, 1}));
  EXPECT_DOUBLE_EQ(figure(evaluated(in), "precision@100"), 0.02);
  EXPECT_DOUBLE_EQ(figure(evaluated(in), "recall@100"), 1);
}

TEST(Retrieval, PrecisionWithinARadiusCountsZeroWhereNothingLiesWithin) {
  const Codes database = codes_of({"0000", "0001", "0011", "0111"});
  // From 0000: three items within 2, of which two are of class 1. From 1111 only 0111 and 0011, one of class 1.
  // From 1000: 0000 and 0001, of which 0000 is of class 1.
  const auto in =
      retrieval_inputs(codes_of({"0000", "1111", "1000"}), labels_of({1, 1, 1}), database, labels_of({1, 2, 1, 2}));
  EXPECT_DOUBLE_EQ(figure(evaluated(in), "precision within radius 2"), (2.0 / 3 + 1.0 / 2 + 1.0 / 2) / 3);
  const auto tight = evaluated(in, {{"radius", int64_t{0}}});
  EXPECT_DOUBLE_EQ(figure(tight, "precision within radius 0"), (1.0 + 0 + 0) / 3);
}

TEST(Retrieval, CurveGivesThePrecisionOfTheListExpectedToReachEachRecall) {
  // Distance 0: one item, relevant. Distance 1: four, two of them relevant. Distance 2: one, relevant. Four are
  // relevant, so recall 5 % to 25 % needs one: list of 1, precision 1; to 50 % two: 1 + 4/2 = 3 items; to 75 % three:
  // 5; to 100 % four: 6.
  const auto in =
      retrieval_inputs(codes_of({"0000"}), labels_of({1}), codes_of({"0000", "0001", "0010", "0100", "1000", "1100"}),
                       labels_of({1, 1, 2, 1, 2, 1}));
  const auto run = evaluated(in);
  const auto& [recall, precision] = run.curves.at("precision over recall");
  ASSERT_EQ(recall.size(), 20U);
  EXPECT_DOUBLE_EQ(recall[4], 0.25);
  EXPECT_DOUBLE_EQ(precision[4], 1.0);
  EXPECT_DOUBLE_EQ(precision[5], 2.0 / 3);
  EXPECT_DOUBLE_EQ(precision[9], 2.0 / 3);
  EXPECT_DOUBLE_EQ(precision[14], 3.0 / 5);
  EXPECT_DOUBLE_EQ(precision[19], 4.0 / 6);
}

TEST(Retrieval, TieAwareFigureLiesBetweenTheWorstAndTheBestOrderOfTies) {
  Task task(1, 60, 3, 110);
  const Tensor relevant = task.database_labels.eq(task.query_labels[0]);
  const Tensor best = relevant.to(at::kInt).argsort(/*stable=*/true, /*dim=*/0, /*descending=*/true);
  const auto run = evaluated(task.inputs());
  EXPECT_LT(figure(evaluated(task.reordered(best.flip(0)).inputs()), "mAP@all (database order)"),
            figure(run, "mAP@all"));
  EXPECT_GT(figure(evaluated(task.reordered(best).inputs()), "mAP@all (database order)"), figure(run, "mAP@all"));
}

TEST(Retrieval, OnlyFiguresInDatabaseOrderChangeWithTheDatabasesOrder) {
  const Task task(10, 80, 3, 120);
  auto before = evaluated(task.inputs(), {{"r", int64_t{20}}});
  auto after = evaluated(task.reordered(at::randperm(80, at::kLong).flip(0)).inputs(), {{"r", int64_t{20}}});
  EXPECT_NE(before.metrics.at("mAP@all (database order)"), after.metrics.at("mAP@all (database order)"));
  for (auto* run : {&before, &after})
    std::erase_if(run->metrics,
                  [](const auto& metric) { return metric.first.find("database order") != std::string::npos; });
  EXPECT_EQ(before.metrics, after.metrics);
  EXPECT_EQ(before.curves, after.curves);
}

TEST(Retrieval, OneHotLabelsGiveTheFiguresOfSingleLabels) {
  Task task(10, 80, 4, 130);
  const auto single = evaluated(task.inputs());
  task.query_labels = at::one_hot(task.query_labels.to(at::kLong), 3).to(at::kBool);
  task.database_labels = at::one_hot(task.database_labels.to(at::kLong), 3).to(at::kBool);
  EXPECT_EQ(evaluated(task.inputs()).metrics, single.metrics);
}

TEST(Retrieval, AnItemIsRelevantIfItSharesOneOfSeveralClasses) {
  // Classes {0, 1} share with {1, 2} and not with {2} or {}: the ranking is relevant, not, not.
  const auto in = retrieval_inputs(codes_of({"000"}), codes_of({"110"}).unpack(), codes_of({"000", "001", "011"}),
                                   codes_of({"011", "001", "000"}).unpack());
  const auto run = evaluated(in, {{"cuts", std::vector<int64_t>{1, 2}}});
  EXPECT_DOUBLE_EQ(figure(run, "precision@1"), 1);
  EXPECT_DOUBLE_EQ(figure(run, "precision@2"), 0.5);
}

TEST(Retrieval, ItemsWithoutALabelAreRelevantToNothing) {
  const auto in = retrieval_inputs(codes_of({"0", "0"}), labels_of({-1, 2}), codes_of({"0", "1"}), labels_of({-1, 2}));
  // The second query finds its one relevant item at place 2; the first has none.
  EXPECT_DOUBLE_EQ(figure(evaluated(in), "mAP@all"), (0 + 0.5) / 2);
}

TEST(Retrieval, WarnsOfQueriesWithoutARelevantItem) {
  const auto in = retrieval_inputs(codes_of({"0", "0", "1"}), labels_of({-1, 2, 7}), codes_of({"0"}), labels_of({2}));
  EXPECT_THAT(evaluated(in).warnings, ElementsAre(HasSubstr("queries without a relevant item: nothing in the database "
                                                            "shares a class with 2 of 3 queries")));
}

TEST(Retrieval, DoesNotWarnWhereEveryQueryHasARelevantItem) {
  const auto in = retrieval_inputs(codes_of({"0"}), labels_of({2}), codes_of({"0"}), labels_of({2}));
  EXPECT_TRUE(evaluated(in).warnings.empty());
}

TEST(Retrieval, OneRelevantItemIsAPerfectRanking) {
  const auto in = retrieval_inputs(codes_of({"01"}), labels_of({2}), codes_of({"10"}), labels_of({2}));
  const auto run = evaluated(in, {{"cuts", std::vector<int64_t>{1}}});
  for (const auto& [name, values] : run.metrics) EXPECT_EQ(values, std::vector<double>{1}) << name;
}

TEST(Retrieval, EqualCodesGiveTheExpectationOfAShuffledDatabase) {
  const Codes same = codes_of({"01", "01", "01", "01"});
  const auto in = retrieval_inputs(codes_of({"01"}), labels_of({1}), same, labels_of({1, 1, 2, 2}));
  // At place t an item is relevant with 1/2; then 1 + (t - 1)/3 are up to it: mean over t of (1 + (t - 1)/3)/t.
  EXPECT_NEAR(figure(evaluated(in), "mAP@all"), (1 + 4.0 / 6 + 5.0 / 9 + 0.5) / 4, 1e-15);
}

// Distances 0, 1, 1, 2, 3, 3 of items of class 1, 1, 2, 1, 2, 1 (relevant: 1). Places: 1st certain, 2nd and 3rd tied
// with one hit, 4th certain, 5th and 6th tied with one hit.
TEST(Retrieval, TellsEveryFigureOfAProtocolByName) {
  const auto in =
      retrieval_inputs(codes_of({"0000"}), labels_of({1}), codes_of({"0000", "1000", "0100", "1100", "1110", "0111"}),
                       labels_of({1, 1, 2, 1, 2, 1}));
  const auto run = evaluated(in, {{"r", int64_t{3}}});
  const double tied_pair = (2.0 / 2 + 2.0 / 3) / 2, last_pair = (4.0 / 5 + 4.0 / 6) / 2;
  EXPECT_NEAR(figure(run, "mAP@all"), (1 + tied_pair + 3.0 / 4 + last_pair) / 4, 1e-15);
  EXPECT_NEAR(figure(run, "mAP@all (database order)"), (1 + 1 + 3.0 / 4 + 4.0 / 6) / 4, 1e-15);
  EXPECT_NEAR(figure(run, "mAP@3 (over retrieved)"), (1 + tied_pair) / 2, 1e-15);
  EXPECT_NEAR(figure(run, "mAP@3 (over retrieved, database order)"), 1, 1e-15);
  EXPECT_NEAR(figure(run, "mAP@3 (over min)"), (1 + tied_pair) / 3, 1e-15);
  EXPECT_NEAR(figure(run, "mAP@3 (over min, database order)"), 2.0 / 3, 1e-15);
  EXPECT_NEAR(figure(run, "precision within radius 2"), 3.0 / 4, 1e-15);
}

TEST(Retrieval, FiguresDoNotDependOnTheNumberOfThreads) {
  const Task task(700, 40, 6, 140);
  const int before = at::get_num_threads();
  at::set_num_threads(1);
  const auto alone = evaluated(task.inputs());
  at::set_num_threads(3);
  const auto together = evaluated(task.inputs());
  at::set_num_threads(before);
  EXPECT_EQ(alone.metrics, together.metrics);
  EXPECT_EQ(alone.curves, together.curves);
}

TEST(Retrieval, RecordsACutThatStandsTwiceOnce) {
  const Task task(2, 10, 4, 150);
  EXPECT_EQ(evaluated(task.inputs(), {{"cuts", std::vector<int64_t>{5, 5}}}).metrics.at("precision@5").size(), 1U);
}

void expect_shape_error(const EvaluationInputs& in, const std::string& what) {
  try {
    evaluated(in);
    FAIL() << "no ShapeError: " << what;
  } catch (const ShapeError& error) {
    EXPECT_THAT(error.what(), HasSubstr(what));
  }
}

TEST(Retrieval, RefusesCodesOfDifferentLength) {
  expect_shape_error(retrieval_inputs(codes_of({"01"}), labels_of({1}), codes_of({"011"}), labels_of({1})),
                     "codes of queries have 2 bits, those of the database 3");
}

TEST(Retrieval, RefusesLabelsThatDoNotCountLikeCodes) {
  expect_shape_error(retrieval_inputs(codes_of({"01"}), labels_of({1}), codes_of({"01"}), labels_of({1, 2})),
                     "1 query and 1 database codes have 1 and 2 labels");
}

TEST(Retrieval, RefusesLabelsOfAnotherType) {
  expect_shape_error(retrieval_inputs(codes_of({"01"}), labels_of({1}).to(at::kLong), codes_of({"01"}), labels_of({1})),
                     "these are [1] int64 on cpu and [1] int32 on cpu");
}

TEST(Retrieval, RefusesAnEmptyDatabase) {
  expect_shape_error(retrieval_inputs(codes_of({"01"}), labels_of({1}), Codes::from_words({}, 0, 2), labels_of({})),
                     "retrieval of 1 queries from 0 items");
}

}  // namespace
}  // namespace hashloom::test
