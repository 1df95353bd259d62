#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <graph/graph.hpp>

#include "workshop.hpp"

namespace hashloom::graph {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using workflow::Loop;
using workflow::PortRef;
using workflow::Stage;
using workflow::Workflow;

/// A stage in the line `line` that reads the stages or loops `reads`.
Stage stage(const std::string& name, int line, const std::vector<std::string>& reads = {}) {
  Stage made;
  made.name = name;
  made.place = {line, 1};
  for (const auto& read : reads) made.inputs[read] = {PortRef{read, "out", false, false, {}}};
  return made;
}

Workflow with(std::vector<Stage> stages, std::vector<Loop> loops = {}) {
  Workflow made;
  made.stages = std::move(stages);
  made.loops = std::move(loops);
  return made;
}

Loop loop(const std::string& name, int line, const std::string& first, std::vector<Stage> stages) {
  Loop made;
  made.name = name;
  made.place = {line, 1};
  made.carry["codes"] = {first, "codes", false, false, {}};
  made.stages = std::move(stages);
  return made;
}

std::vector<std::string> names(const Workflow& workflow) {
  std::vector<std::string> all;
  for (const auto& [is_loop, index] : order(workflow))
    all.push_back(is_loop ? workflow.loops[index].name : workflow.stages[index].name);
  return all;
}

TEST(Order, ReadersComeAfterWhatTheyRead) {
  EXPECT_THAT(order(std::vector{stage("c", 1, {"b"}), stage("b", 2, {"a"}), stage("a", 3)}), ElementsAre(2, 1, 0));
}

TEST(Order, FreeStepsKeepTheFilesOrder) {
  EXPECT_THAT(names(with({stage("z", 1), stage("y", 2, {"a"}), stage("x", 3), stage("a", 4)})),
              ElementsAre("z", "x", "a", "y"));
}

TEST(Order, LoopComesAfterWhatItsStagesRead) {
  const auto workflow = with({stage("after", 2, {"pgh"}), stage("start", 3), stage("data", 4)},
                             {loop("pgh", 1, "start", {stage("gan", 5, {"data", "pgh"})})});
  EXPECT_THAT(names(workflow), ElementsAre("start", "data", "pgh", "after"));
}

TEST(Order, OfACycleIsRefused) {
  EXPECT_THROW(order(std::vector{stage("a", 1, {"b"}), stage("b", 2, {"a"})}), std::logic_error);
}

TEST(Cycle, IsNamedAlongItsArrows) {
  EXPECT_THAT(cycle(with({stage("a", 1, {"c"}), stage("b", 2, {"a"}), stage("c", 3, {"b"})})),
              ElementsAre("a", "b", "c", "a"));
}

TEST(Cycle, IsFoundInAStageThatReadsItself) { EXPECT_THAT(cycle(with({stage("a", 1, {"a"})})), ElementsAre("a", "a")); }

TEST(Cycle, IsFoundInsideALoop) {
  const auto workflow =
      with({stage("start", 1)}, {loop("pgh", 2, "start", {stage("a", 3, {"b"}), stage("b", 4, {"a"})})});
  EXPECT_THAT(cycle(workflow), ElementsAre("a", "b", "a"));
}

TEST(Cycle, IsFoundThroughALoop) {
  EXPECT_THAT(cycle(with({stage("x", 1, {"pgh"})}, {loop("pgh", 2, "x", {stage("a", 3)})})),
              ElementsAre("x", "pgh", "x"));
}

TEST(Cycle, CarryAndNextAreNone) { EXPECT_TRUE(cycle(workflow::test::loaded(workflow::test::kPgh)).empty()); }

TEST(Dot, DrawsStagesWithComponentAndPorts) {
  EXPECT_THAT(
      to_dot(workflow::test::loaded(workflow::test::kPgh)),
      HasSubstr("\"gan\" [label=\"{{<in codes> codes|<in images> images}|gan\\ngenerator/dcgan|{<out generator> "
                "generator}}\"];"));
}

TEST(Dot, DrawsNoFieldWithoutAPort) {
  EXPECT_THAT(to_dot(workflow::test::loaded(workflow::test::kPgh)), testing::Not(HasSubstr("{}")));
}

TEST(Dot, DrawsLoopsAsClusters) {
  const auto dot = to_dot(workflow::test::loaded(workflow::test::kPgh));
  EXPECT_THAT(dot, HasSubstr("subgraph \"cluster_pgh\" {\n  label=\"pgh, 4 rounds\";"));
  EXPECT_THAT(dot, HasSubstr("\"gan\":\"out generator\" -> \"network\":\"in generator\";"));
  EXPECT_THAT(dot, HasSubstr("\"network\":\"out codes\" -> \"pgh.codes\" [label=\"next\", style=dashed];"));
  EXPECT_THAT(dot, HasSubstr("\"pgh.codes\" -> \"samples\":\"in codes\" [label=\"previous\"];"));
}

TEST(Text, HasALineForEachStageInOrder) {
  EXPECT_EQ(
      to_text(workflow::test::loaded(workflow::test::kPgh)),
      "data         dataset/toy\n"
      "gist         feature/gist                               images: data.images\n"
      "start        hasher/lsh                                 features: gist.features\n"
      "pgh          4 rounds, until < 0.02 of the bits change  codes: start.codes, then network.codes\n"
      "│ gan        generator/dcgan                            codes: pgh.codes, images: data.images\n"
      "│ network    network/pgh                                codes: pgh.codes, generator: gan.generator, images: "
      "data.images\n"
      "│ observe\n"
      "│   score    evaluator/retrieval                        codes: pgh.codes, labels: data.labels\n"
      "│   samples  evaluator/samples                          codes: pgh.previous.codes, generator: "
      "gan.generator, images: data.images\n"
      "│   before   evaluator/retrieval                        codes: pgh.previous.codes, labels: data.labels\n"
      "final        evaluator/retrieval                        codes: pgh.codes, labels: data.labels\n");
}

}  // namespace
}  // namespace hashloom::graph
