#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "workshop.hpp"

namespace hashloom::workflow::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

// Line 7 is the matrix.
const std::string kSweep = R"(vars: {bits: 32, images: 100, kind: toy}
profiles: {full: {bits: 4000}}
stages:
  data:  {uses: "dataset/${kind}", with: {images: "${images}"}}
  gist:  {uses: feature/gist, in: {images: data.images}}
  start: {uses: hasher/lsh, in: {features: gist.features}, with: {bits: "${bits}"}}
)";

std::vector<std::string> cells(const std::string& matrix, const Options& options = {}) {
  std::vector<std::string> names;
  for (const auto& cell : loaded(kSweep + "matrix: " + matrix + "\n", options).cells) names.push_back(name_of(cell));
  return names;
}

TEST(Matrix, HasACellForEveryCombinationTheFirstAxisChangingLast) {
  EXPECT_THAT(cells("{bits: [16, 32], seed: [1, 2]}"),
              ElementsAre("bits=16, seed=1", "bits=16, seed=2", "bits=32, seed=1", "bits=32, seed=2"));
}

TEST(Matrix, ValuesKeepTheirTypes) {
  const auto workflow = loaded(kSweep + "matrix: {bits: [16], kind: [toy]}\n");
  EXPECT_EQ(workflow.cells, (std::vector<Cell>{{{"bits", int64_t{16}}, {"kind", std::string("toy")}}}));
}

TEST(Matrix, ExcludeTakesAwayWhatAgreesInAllThatItNames) {
  EXPECT_THAT(cells("{bits: [16, 32], seed: [1, 2], exclude: [{bits: 16, seed: 2}]}"),
              ElementsAre("bits=16, seed=1", "bits=32, seed=1", "bits=32, seed=2"));
  EXPECT_THAT(cells("{bits: [16, 32], seed: [1, 2], exclude: [{bits: 16}]}"),
              ElementsAre("bits=32, seed=1", "bits=32, seed=2"));
}

TEST(Matrix, IncludeAddsItsOtherValuesToTheCellsThatAgree) {
  EXPECT_THAT(cells("{bits: [16, 32], include: [{bits: 16, images: 50}]}"),
              ElementsAre("bits=16, images=50", "bits=32"));
}

TEST(Matrix, IncludeThatNamesNoAxisIsAddedToEveryCell) {
  EXPECT_THAT(cells("{bits: [16, 32], include: [{images: 50}]}"),
              ElementsAre("bits=16, images=50", "bits=32, images=50"));
}

TEST(Matrix, IncludeThatAgreesWithNoCellIsACellOfItsOwn) {
  EXPECT_THAT(cells("{bits: [16], seed: [1], include: [{bits: 64, seed: 9}, {bits: 128}]}"),
              ElementsAre("bits=16, seed=1", "bits=64, seed=9", "bits=128"));
}

// As in GitHub Actions' documentation of jobs.<job_id>.strategy.matrix.include: {kind: toy, images: 5} does not go to
// the cell that the entry before it made, which is no combination of the axes.
TEST(Matrix, IncludeIsNotAddedToCellsThatAnIncludeMade) {
  EXPECT_THAT(cells("{bits: [16], include: [{bits: 64}, {bits: 64, images: 5}]}"),
              ElementsAre("bits=16", "bits=64", "bits=64, images=5"));
}

TEST(Matrix, LaterIncludeOverwritesWhatAnEarlierAdded) {
  EXPECT_THAT(cells("{bits: [16, 32], include: [{images: 5}, {bits: 32, images: 6}]}"),
              ElementsAre("bits=16, images=5", "bits=32, images=6"));
}

TEST(Matrix, MayConsistOfIncludes) {
  EXPECT_THAT(cells("{include: [{bits: 16}, {bits: 32}]}"), ElementsAre("bits=16", "bits=32"));
}

TEST(Matrix, GoesBeforeTheProfile) {
  const auto first = loaded_cells(kSweep + "matrix: {bits: [16, 32]}\n", {.profile = "full"}).at(0);
  EXPECT_EQ(first.vars.at("bits"), ParamValue(int64_t{16}));
}

TEST(Matrix, SetOfAnAxisReplacesIt) {
  EXPECT_THAT(cells("{bits: [16, 32], seed: [1, 2]}", {.sets = {"bits=64"}}),
              ElementsAre("bits=64, seed=1", "bits=64, seed=2"));
  EXPECT_THAT(cells("{bits: [16, 32], seed: [1, 2]}", {.sets = {"seed=5"}}),
              ElementsAre("bits=16, seed=5", "bits=32, seed=5"));
  EXPECT_THAT(cells("{bits: [16, 32]}", {.sets = {"bits=[8, 9]"}}), ElementsAre("bits=8", "bits=9"));
}

TEST(Matrix, SetRulesOutWhatIncludeAndExcludeSayOfOtherValues) {
  const std::string matrix = "{bits: [16, 32], exclude: [{bits: 16}], include: [{bits: 128}, {bits: 64, images: 5}]}";
  EXPECT_THAT(cells(matrix, {.sets = {"bits=64"}}), ElementsAre("bits=64, images=5"));
  EXPECT_THAT(cells(matrix, {.sets = {"images=7"}}), ElementsAre("bits=32", "bits=128", "bits=64"));
}

TEST(Matrix, SetOfAParameterHoldsInEveryCell) {
  const auto workflow = loaded(kSweep + "matrix: {bits: [16, 32]}\n", {.sets = {"start.bits=7"}});
  EXPECT_EQ(workflow.stages.at(2).params.at("bits"), ParamValue(int64_t{7}));
}

TEST(Matrix, EachCellIsAWorkflow) {
  const auto workflow = loaded_cells(kSweep + "matrix: {bits: [16, 32], seed: [1, 2]}\n").at(3);
  EXPECT_EQ(workflow.cell, (Cell{{"bits", int64_t{32}}, {"seed", int64_t{2}}}));
  EXPECT_THAT(workflow.cells, IsEmpty());
  EXPECT_EQ(workflow.seed, 2u);
  EXPECT_EQ(workflow.stages.at(2).params.at("bits"), ParamValue(int64_t{32}));
}

TEST(Matrix, IsOneWorkflowWhereThereIsNone) {
  const auto workflows = loaded_cells(kSweep);
  ASSERT_EQ(workflows.size(), 1u);
  EXPECT_THAT(workflows[0].cell, IsEmpty());
}

TEST(Matrix, CellsGoThroughJson) {
  const auto text = kSweep + "matrix: {bits: [16, 32], kind: [toy]}\n";
  const auto whole = loaded(text), one = loaded_cells(text).at(1);
  EXPECT_EQ(from_json(nlohmann::json::parse(to_json(whole).dump())), whole);
  EXPECT_EQ(from_json(nlohmann::json::parse(to_json(one).dump())), one);
}

TEST(Matrix, MistakeOfSomeCellsNamesThem) {
  EXPECT_EQ(told(kSweep + "matrix: {bits: [16, 5000], seed: [1, 2]}\n"),
            "w.yaml:6:73: error: stage 'start': parameter 'bits': 5000 is above 4096\n"
            "    start: {uses: hasher/lsh, in: {features: gist.features}, with: {bits: \"${bits}\"}}\n"
            "                                                                          ^~~~~~~~~\n"
            "note: bits: code length; an integer, from 1 to 4096; default 32\n"
            "note: in 2 of 4 cells: bits=5000, seed=1; bits=5000, seed=2\n"
            "1 error; nothing was run.");
}

TEST(Matrix, MistakeOfOneCellNamesIt) {
  EXPECT_THAT(told(kSweep + "matrix: {kind: [toy, toi]}\n"),
              HasSubstr("there is no component 'dataset/toi'\n    data:  {uses: \"dataset/${kind}\""));
  EXPECT_THAT(told(kSweep + "matrix: {kind: [toy, toi]}\n"), HasSubstr("\nnote: in the cell kind=toi\n1 error;"));
}

TEST(Matrix, MistakeOfEveryCellIsToldOnce) {
  EXPECT_EQ(told("sed: 1\n" + kStart + "matrix: {seed: [1, 2, 3]}\n"), told("sed: 1\n" + kStart));
}

TEST(Matrix, SeedThatIsNoneIsToldAtTheAxis) {
  EXPECT_THAT(told(kSweep + "matrix: {seed: [1, -1]}\n"), StartsWith("w.yaml:7:20: error: 'seed' can't be '-1'\n"));
}

TEST(Matrix, AxesAreVarsOrTheSeed) {
  EXPECT_EQ(told(kSweep + "matrix: {bist: [16, 32]}\n"),
            "w.yaml:7:10: error: matrix: there is no var 'bist'\n"
            "    matrix: {bist: [16, 32]}\n"
            "             ^~~~\n"
            "note: did you mean 'bits'? It takes: bits, images, kind, seed\n"
            "1 error; nothing was run.");
}

TEST(Matrix, AxisThatIsNoListIsTold) {
  EXPECT_THAT(told(kSweep + "matrix: {seed: [1], bits: 16}\n"),
              StartsWith("w.yaml:7:21: error: matrix: axis 'bits' has no values\n"));
}

TEST(Matrix, ValueThatIsNoScalarIsTold) {
  EXPECT_THAT(told(kSweep + "matrix: {bits: [16, [32]]}\n"),
              StartsWith("w.yaml:7:21: error: a value of matrix: axis 'bits' can't be a list\n"));
}

TEST(Matrix, ValueThatStandsTwiceIsTold) {
  EXPECT_THAT(told(kSweep + "matrix: {bits: [16, 16]}\n"),
              StartsWith("w.yaml:7:21: error: matrix: axis 'bits' has '16' twice\n"));
}

TEST(Matrix, ExcludeOfWhatTheAxesLackIsTold) {
  EXPECT_THAT(told(kSweep + "matrix: {bits: [16, 32], exclude: [{bits: 61}]}\n"),
              HasSubstr(": error: exclude: the axis 'bits' has no '61'\n"));
  EXPECT_THAT(told(kSweep + "matrix: {bits: [16, 32], exclude: [{images: 5}]}\n"),
              HasSubstr(": error: exclude: there is no axis 'images'\n"));
  EXPECT_THAT(told(kSweep + "matrix: {bits: [16, 32], exclude: {bits: 16}}\n"),
              HasSubstr(": error: matrix: 'exclude' is no list of maps\n"));
}

TEST(Matrix, IncludeOfNoVarIsTold) {
  EXPECT_THAT(told(kSweep + "matrix: {bits: [16, 32], include: [{image: 5}]}\n"),
              HasSubstr("note: did you mean 'images'?"));
}

TEST(Matrix, OfTooManyCellsIsTold) {
  std::string hundred_and_one = "[0";
  for (int i = 1; i <= 100; ++i) hundred_and_one += ", " + std::to_string(i);
  hundred_and_one += "]";
  EXPECT_THAT(told(kSweep + "matrix: {bits: " + hundred_and_one + ", seed: " + hundred_and_one + "}\n"),
              HasSubstr(": error: the matrix has more than 10000 cells\n"));
}

TEST(Matrix, ThatIsExcludedWholeIsTold) {
  EXPECT_THAT(told(kSweep + "matrix: {bits: [16], exclude: [{bits: 16}]}\n"),
              HasSubstr(": error: the matrix has no cells\n"));
}

}  // namespace
}  // namespace hashloom::workflow::test
