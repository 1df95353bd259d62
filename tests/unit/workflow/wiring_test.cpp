#include <gmock/gmock.h>

#include "workshop.hpp"

namespace hashloom::workflow::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

TEST(Wiring, LabelsGoToEvaluatorsOnly) {
  EXPECT_EQ(told(kStart + "  start: {uses: hasher/lsh, in: {features: data.labels}}\n"),
            "w.yaml:4:44: error: stage 'start': input 'features' takes features, 'data.labels' gives labels\n"
            "    start: {uses: hasher/lsh, in: {features: data.labels}}\n"
            "                                             ^~~~~~~~~~~\n"
            "note: labels go to evaluators only; nothing that trains may see them\n"
            "1 error; nothing was run.");
}

TEST(Wiring, LabelsAreRefusedEvenWhereAComponentAsksForThem) {
  EXPECT_EQ(told(kStart + "  peek: {uses: feature/peek, in: {labels: data.labels}}\n"),
            "w.yaml:4:43: error: stage 'peek': input 'labels' takes labels, 'data.labels' gives labels\n"
            "    peek: {uses: feature/peek, in: {labels: data.labels}}\n"
            "                                            ^~~~~~~~~~~\n"
            "note: labels go to evaluators only; nothing that trains may see them\n"
            "1 error; nothing was run.");
}

TEST(Wiring, TypesMustFit) {
  EXPECT_EQ(told(kStart + "  start: {uses: hasher/lsh, in: {features: data.images}}\n"),
            "w.yaml:4:44: error: stage 'start': input 'features' takes features, 'data.images' gives images\n"
            "    start: {uses: hasher/lsh, in: {features: data.images}}\n"
            "                                             ^~~~~~~~~~~\n"
            "note: these give features: gist.features\n"
            "1 error; nothing was run.");
}

TEST(Wiring, MissingInputIsTold) {
  EXPECT_EQ(told(kStart + "  start: {uses: hasher/lsh}\n"),
            "w.yaml:4:3: error: stage 'start': the input 'features' is missing\n"
            "    start: {uses: hasher/lsh}\n"
            "    ^~~~~\n"
            "note: hasher/lsh takes features there; wire it: in: {features: STAGE.PORT}\n"
            "1 error; nothing was run.");
}

TEST(Wiring, OfImagesOrFeaturesExactlyOneIsWired) {
  const auto start = kStart + "  start: {uses: hasher/lsh, in: {features: gist.features}}\n";
  const auto with = [&](const std::string& inputs) {
    return told(start + "  near: {uses: generator/either, in: {" + inputs + "codes: start.codes}}\n");
  };
  EXPECT_EQ(with("images: data.images, "), "no mistake");
  EXPECT_EQ(with("features: gist.features, "), "no mistake");
  EXPECT_THAT(with(""),
              StartsWith("w.yaml:5:3: error: stage 'near': one of the inputs 'images', 'features' is missing\n"));
  EXPECT_THAT(with("images: data.images, features: gist.features, "),
              AllOf(StartsWith("w.yaml:5:3: error: stage 'near': more than one of the inputs 'images', 'features' is "
                               "wired\n"),
                    HasSubstr("generator/either takes one of them: in: {images: STAGE.PORT}")));
}

TEST(Wiring, MisspeltInputIsToldOnce) {
  EXPECT_EQ(told(kStart + "  start: {uses: hasher/lsh, in: {feature: gist.features}}\n"),
            "w.yaml:4:34: error: stage 'start': hasher/lsh has no input 'feature'\n"
            "    start: {uses: hasher/lsh, in: {feature: gist.features}}\n"
            "                                   ^~~~~~~\n"
            "note: did you mean 'features'? It has: features\n"
            "1 error; nothing was run.");
}

TEST(Wiring, MisspeltStageIsTold) {
  EXPECT_EQ(told(kStart + "  start: {uses: hasher/lsh, in: {features: gits.features}}\n"),
            "w.yaml:4:44: error: stage 'start': input 'features': there is no stage 'gits'\n"
            "    start: {uses: hasher/lsh, in: {features: gits.features}}\n"
            "                                             ^~~~~~~~~~~~~\n"
            "note: did you mean 'gist'? Stages: data, gist, start\n"
            "1 error; nothing was run.");
}

TEST(Wiring, MisspeltPortIsTold) {
  EXPECT_EQ(told(kStart + "  start: {uses: hasher/lsh, in: {features: gist.feature}}\n"),
            "w.yaml:4:44: error: stage 'start': input 'features': 'gist' gives no 'feature'\n"
            "    start: {uses: hasher/lsh, in: {features: gist.feature}}\n"
            "                                             ^~~~~~~~~~~~\n"
            "note: did you mean 'features'? It gives: features\n"
            "1 error; nothing was run.");
}

TEST(Wiring, StageWithoutPortIsTold) {
  EXPECT_EQ(told(kStart + "  start: {uses: hasher/lsh, in: {features: gist}}\n"),
            "w.yaml:4:44: error: stage 'start': input 'features': 'gist' names no port\n"
            "    start: {uses: hasher/lsh, in: {features: gist}}\n"
            "                                             ^~~~\n"
            "note: write it as STAGE.PORT\n"
            "1 error; nothing was run.");
}

TEST(Wiring, EvaluatorsStandOutsideToo) {
  EXPECT_EQ(told(kStart + "  start: {uses: hasher/lsh, in: {features: gist.features}}\n"
                          "  score: {uses: evaluator/retrieval, in: {codes: start.codes, labels: data.labels}}\n"),
            "no mistake");
}

TEST(Wiring, NothingReadsEvaluators) {
  EXPECT_EQ(told(kStart + "  start: {uses: hasher/lsh, in: {features: score.features}}\n"
                          "  score: {uses: evaluator/retrieval, in: {codes: start.codes, labels: data.labels}}\n"),
            "w.yaml:4:44: error: stage 'start': input 'features': 'score' is an evaluator\n"
            "    start: {uses: hasher/lsh, in: {features: score.features}}\n"
            "                                             ^~~~~~~~~~~~~~\n"
            "note: nothing reads what evaluators find\n"
            "w.yaml:5:3: error: a cycle: score -> start -> score\n"
            "    score: {uses: evaluator/retrieval, in: {codes: start.codes, labels: data.labels}}\n"
            "    ^~~~~\n"
            "note: only 'next' of a loop goes back, from a round to the one after it\n"
            "2 errors; nothing was run.");
}

TEST(Wiring, RepeatedPortTakesAList) {
  const auto workflow = loaded(kStart +
                               "  more: {uses: feature/edges, in: {images: data.images}}\n"
                               "  start: {uses: hasher/joined, in: {features: [gist.features, more.features]}}\n");
  ASSERT_EQ(workflow.stages.at(3).inputs.at("features").size(), 2u);
  EXPECT_EQ(workflow.stages.at(3).inputs.at("features").at(1).node, "more");
}

TEST(Wiring, OtherPortsTakeNoList) {
  EXPECT_EQ(told(kStart + "  start: {uses: hasher/lsh, in: {features: [gist.features]}}\n"),
            "w.yaml:4:44: error: stage 'start': input 'features' takes one port, not a list\n"
            "    start: {uses: hasher/lsh, in: {features: [gist.features]}}\n"
            "                                             ^\n"
            "note: write it as STAGE.PORT\n"
            "1 error; nothing was run.");
}

}  // namespace
}  // namespace hashloom::workflow::test
