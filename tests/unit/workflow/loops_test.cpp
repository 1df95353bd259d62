#include <gtest/gtest.h>

#include "workshop.hpp"

namespace hashloom::workflow::test {
namespace {

const Loop& pgh(const Workflow& workflow) { return workflow.loops.at(0); }

TEST(Loops, AreRead) {
  const auto workflow = loaded(kPgh);
  EXPECT_EQ(pgh(workflow).rounds, 4);
  EXPECT_EQ(pgh(workflow).until_changed_bits, 0.02);
  EXPECT_EQ(pgh(workflow).carry.at("codes").node, "start");
  EXPECT_EQ(pgh(workflow).next.at("codes").node, "network");
  EXPECT_TRUE(pgh(workflow).stages.at(1).fresh);
  EXPECT_EQ(pgh(workflow).stages.at(1).loop, "pgh");
}

TEST(Loops, RoundsOverrideFromThatRoundOn) {
  const auto workflow = loaded(kPgh);
  const auto& gan = pgh(workflow).stages.at(0);
  EXPECT_EQ(gan.params_in(1).at("epochs"), ParamValue(int64_t{24}));
  EXPECT_EQ(gan.params_in(2).at("epochs"), ParamValue(int64_t{8}));
  EXPECT_EQ(gan.params_in(3).at("learning_rate"), ParamValue(5e-4));
  EXPECT_EQ(gan.params_in(4).at("learning_rate"), ParamValue(1e-4));
  EXPECT_EQ(gan.params_in(4).at("epochs"), ParamValue(int64_t{8}));
}

TEST(Loops, ObserverOfTheCarriedCodesStartsBeforeRoundOne) {
  EXPECT_TRUE(pgh(loaded(kPgh)).observers.at(0).starts_at_zero);
}

TEST(Loops, ObserverOfAStageOrOfPreviousWaitsForRoundOne) {
  const auto workflow = loaded(kPgh);
  EXPECT_FALSE(pgh(workflow).observers.at(1).starts_at_zero);
  EXPECT_FALSE(pgh(workflow).observers.at(2).starts_at_zero);
}

TEST(Loops, PortsKnowLoopsAndPrevious) {
  const auto workflow = loaded(kPgh);
  const auto& codes = pgh(workflow).observers.at(1).inputs.at("codes").at(0);
  EXPECT_TRUE(codes.is_loop);
  EXPECT_TRUE(codes.previous);
  EXPECT_FALSE(pgh(workflow).observers.at(1).inputs.at("generator").at(0).is_loop);
}

TEST(Loops, EncoderIsWhatTheLastLoopCarries) {
  const auto encoder = loaded(kPgh).encoder;
  ASSERT_TRUE(encoder);
  EXPECT_TRUE(encoder->is_loop);
  EXPECT_EQ(encoder->node + "." + encoder->port, "pgh.codes");
}

TEST(Loops, WithoutOneTheEncoderIsTheLastHasher) {
  const auto encoder = loaded(kStart + "  lsh: {uses: hasher/lsh, in: {features: gist.features}}\n").encoder;
  ASSERT_TRUE(encoder);
  EXPECT_EQ(encoder->node + "." + encoder->port, "lsh.codes");
}

TEST(Loops, EncoderCanBeNamed) { EXPECT_EQ(loaded(kPgh + "encoder: start.codes\n").encoder->node, "start"); }

TEST(Loops, EncoderGivesCodes) {
  EXPECT_EQ(told(kStart + "encoder: gist.features\n"),
            "w.yaml:4:10: error: encoder takes codes, 'gist.features' gives features\n"
            "    encoder: gist.features\n"
            "             ^~~~~~~~~~~~~\n"
            "note: name what maps images to codes\n"
            "1 error; nothing was run.");
}

/// A loop whose settings begin in line 7, after a hasher; line 11 is its stage.
std::string looped(const std::string& settings, const std::string& more = "") {
  return kStart + "  lsh: {uses: hasher/lsh, in: {features: gist.features}}\n  pgh:\n    loop:\n" + settings +
         "    stages:\n      again: {uses: hasher/lsh, in: {features: gist.features}}\n" + more;
}

TEST(Loops, CarriedNameNeedsANext) {
  EXPECT_EQ(told(looped("      carry: {codes: lsh.codes}\n")),
            "w.yaml:7:22: error: loop 'pgh': carry 'codes' has no next\n"
            "    carry: {codes: lsh.codes}\n"
            "                   ^~~~~~~~~\n"
            "note: add next: {codes: STAGE.PORT}, what replaces it at the end of a round\n"
            "1 error; nothing was run.");
}

TEST(Loops, NextHasTheTypeOfCarry) {
  EXPECT_EQ(told(looped("      carry: {codes: gist.features}\n      next: {codes: again.codes}\n")),
            "w.yaml:8:21: error: loop 'pgh': next 'codes' takes features, 'again.codes' gives codes\n"
            "    next: {codes: again.codes}\n"
            "                  ^~~~~~~~~~~\n"
            "note: its first value, 'gist.features', is features\n"
            "1 error; nothing was run.");
}

TEST(Loops, NextIsAStageOfTheLoop) {
  EXPECT_EQ(told(looped("      carry: {codes: lsh.codes}\n      next: {codes: lsh.codes}\n")),
            "w.yaml:8:21: error: loop 'pgh': next 'codes': 'lsh' is no stage of the loop\n"
            "    next: {codes: lsh.codes}\n"
            "                  ^~~~~~~~~\n"
            "note: it would be the same after every round; name an output of a stage of the loop\n"
            "1 error; nothing was run.");
}

TEST(Loops, UntilKnowsChangedBitsOnly) {
  EXPECT_EQ(
      told(looped("      carry: {codes: lsh.codes}\n      next: {codes: again.codes}\n      until: {map: 0.9}\n")),
      "w.yaml:9:15: error: loop 'pgh': until: there is no key 'map' here\n"
      "    until: {map: 0.9}\n"
      "            ^~~\n"
      "note: keys: changed_bits\n"
      "1 error; nothing was run.");
}

TEST(Loops, RoundsCountFromOne) {
  EXPECT_EQ(told(looped("      carry: {codes: lsh.codes}\n      next: {codes: again.codes}\n      rounds: 0\n")),
            "w.yaml:9:15: error: loop 'pgh': 'rounds' can't be '0'\n"
            "    rounds: 0\n"
            "            ^\n"
            "note: it is an integer from 1 to 100000\n"
            "1 error; nothing was run.");
}

TEST(Loops, CantCarryImages) {
  const auto text = told(looped("      carry: {codes: data.images}\n      next: {codes: again.codes}\n"));
  EXPECT_NE(text.find("w.yaml:7:22: error: loop 'pgh': carry 'codes' can't be images\n"), std::string::npos) << text;
  EXPECT_NE(text.find("note: loops carry codes and features"), std::string::npos) << text;
}

TEST(Loops, CantCarryLabels) {
  const auto text = looped("      carry: {codes: data.labels}\n      next: {codes: again.codes}\n");
  EXPECT_EQ(told(text),
            "w.yaml:7:22: error: loop 'pgh': carry 'codes' can't be labels\n"
            "    carry: {codes: data.labels}\n"
            "                   ^~~~~~~~~~~\n"
            "note: labels go to evaluators only; nothing that trains may see them\n"
            "w.yaml:8:21: error: loop 'pgh': next 'codes' takes labels, 'again.codes' gives codes\n"
            "    next: {codes: again.codes}\n"
            "                  ^~~~~~~~~~~\n"
            "note: its first value, 'data.labels', is labels\n"
            "2 errors; nothing was run.");
}

const std::string kGood = "      carry: {codes: lsh.codes}\n      next: {codes: again.codes}\n";

TEST(Loops, StagesInsideAreNotSeenOutside) {
  EXPECT_EQ(
      told(looped(kGood, "  score: {uses: evaluator/retrieval, in: {codes: again.codes, labels: data.labels}}\n")),
      "w.yaml:11:50: error: stage 'score': input 'codes': 'again' lies in the loop 'pgh'\n"
      "    score: {uses: evaluator/retrieval, in: {codes: again.codes, labels: data.labels}}\n"
      "                                                   ^~~~~~~~~~~\n"
      "note: outside a loop only what it carries can be read: pgh.codes\n"
      "1 error; nothing was run.");
}

TEST(Loops, PreviousIsForObservers) {
  EXPECT_EQ(told(looped(
                kGood, "  score: {uses: evaluator/retrieval, in: {codes: pgh.previous.codes, labels: data.labels}}\n")),
            "w.yaml:11:50: error: stage 'score': input 'codes': 'pgh.previous.codes' can't be read here\n"
            "    score: {uses: evaluator/retrieval, in: {codes: pgh.previous.codes, labels: data.labels}}\n"
            "                                                   ^~~~~~~~~~~~~~~~~~\n"
            "note: 'previous' is for what observes the loop 'pgh'\n"
            "1 error; nothing was run.");
}

TEST(Loops, ObserversAreEvaluators) {
  EXPECT_EQ(told(looped(kGood, "    observe:\n      more: {uses: hasher/lsh, in: {features: gist.features}}\n")),
            "w.yaml:12:20: error: stage 'more': hasher/lsh can't observe\n"
            "    more: {uses: hasher/lsh, in: {features: gist.features}}\n"
            "                 ^~~~~~~~~~\n"
            "note: only evaluators stand under 'observe'; others stand under 'stages'\n"
            "1 error; nothing was run.");
}

TEST(Loops, DoNotNest) {
  EXPECT_EQ(told(looped(kGood, "      inner: {loop: {}}\n")),
            "w.yaml:11:7: error: 'inner' is a loop in the loop 'pgh'\n"
            "    inner: {loop: {}}\n"
            "    ^~~~~\n"
            "note: loops do not nest\n"
            "1 error; nothing was run.");
}

TEST(Loops, CarryAndNextAreNoCycleButReadingBackIs) {
  EXPECT_EQ(told("stages:\n  data: {uses: dataset/toy}\n  gist: {uses: feature/gist, in: {images: data.images}}\n"
                 "  a: {uses: network/pgh, in: {images: data.images, codes: b.codes, generator: g.generator}}\n"
                 "  b: {uses: network/pgh, in: {images: data.images, codes: a.codes, generator: g.generator}}\n"
                 "  g: {uses: generator/dcgan, in: {images: data.images, codes: start.codes}}\n"
                 "  start: {uses: hasher/lsh, in: {features: gist.features}}\n"),
            "w.yaml:4:3: error: a cycle: a -> b -> a\n"
            "    a: {uses: network/pgh, in: {images: data.images, codes: b.codes, generator: g.generator}}\n"
            "    ^\n"
            "note: only 'next' of a loop goes back, from a round to the one after it\n"
            "1 error; nothing was run.");
}

}  // namespace
}  // namespace hashloom::workflow::test
