#include <gtest/gtest.h>

#include "workshop.hpp"

namespace hashloom::workflow::test {
namespace {

const std::string kVars = R"(vars: {n: 10, kind: toy}
profiles: {full: {n: 20}}
stages:
  data: {uses: "dataset/${kind}", with: {images: "${n}"}}
)";

ParamValue images(const Workflow& workflow) { return workflow.stages.at(0).params.at("images"); }

TEST(Vars, AloneKeepsItsType) { EXPECT_EQ(images(loaded(kVars)), ParamValue(int64_t{10})); }

TEST(Vars, InsideTextBecomesText) { EXPECT_EQ(loaded(kVars).stages.at(0).uses, "dataset/toy"); }

TEST(Vars, TextAroundAnIntegerIsNoInteger) {
  EXPECT_EQ(told("vars: {n: 1}\nstages:\n  data: {uses: dataset/toy, with: {images: \"${n}0\"}}\n"),
            "w.yaml:3:44: error: stage 'data': parameter 'images' takes an integer, not the text '10'\n"
            "    data: {uses: dataset/toy, with: {images: \"${n}0\"}}\n"
            "                                             ^~~~~~~\n"
            "note: images: how many; an integer, from 1 to 60000; default 100\n"
            "1 error; nothing was run.");
}

TEST(Vars, ProfileGoesBeforeVars) { EXPECT_EQ(images(loaded(kVars, {.profile = "full"})), ParamValue(int64_t{20})); }

TEST(Vars, ProfileIsRecorded) { EXPECT_EQ(loaded(kVars, {.profile = "full"}).profile, "full"); }

TEST(Vars, SetGoesBeforeTheProfile) {
  EXPECT_EQ(images(loaded(kVars, {.sets = {"n=30"}, .profile = "full"})), ParamValue(int64_t{30}));
}

TEST(Vars, LastSetOfAVarCounts) {
  EXPECT_EQ(images(loaded(kVars, {.sets = {"n=30", "n=40"}})), ParamValue(int64_t{40}));
}

TEST(Vars, AreRecordedAfterProfileAndOverrides) {
  EXPECT_EQ(loaded(kVars, {.sets = {"n=30"}}).vars, (Values{{"kind", std::string("toy")}, {"n", int64_t{30}}}));
}

TEST(Vars, ListKeepsItsType) {
  const auto workflow = loaded(
      "vars: {f: [1, 2]}\nstages:\n  data: {uses: dataset/toy}\n"
      "  e: {uses: feature/edges, in: {images: data.images}, with: {filters: \"${f}\"}}\n");
  EXPECT_EQ(workflow.stages.at(1).params.at("filters"), ParamValue(std::vector<int64_t>{1, 2}));
}

TEST(Vars, CountRounds) { EXPECT_EQ(loaded(kPgh, {.sets = {"rounds=7"}}).loops.at(0).rounds, 7); }

TEST(Vars, MisspeltVarIsToldOnce) {
  EXPECT_EQ(told("vars: {bits: 1}\nstages:\n  data: {uses: dataset/toy, with: {images: \"${bist}\"}}\n"),
            "w.yaml:3:44: error: there is no var 'bist'\n"
            "    data: {uses: dataset/toy, with: {images: \"${bist}\"}}\n"
            "                                             ^~~~~~~~~\n"
            "note: did you mean 'bits'? Vars: bits\n"
            "1 error; nothing was run.");
}

TEST(Vars, UnclosedBraceIsTold) {
  EXPECT_EQ(told("stages:\n  data: {uses: \"dataset/${kind\"}\n"),
            "w.yaml:2:16: error: '${' without '}' in 'dataset/${kind'\n"
            "    data: {uses: \"dataset/${kind\"}\n"
            "                 ^~~~~~~~~~~~~~~~\n"
            "note: write \"${name}\"\n"
            "1 error; nothing was run.");
}

TEST(Vars, MisspeltProfileIsTold) {
  EXPECT_EQ(told(kVars, {.profile = "ful"}),
            "--profile ful: error: there is no profile 'ful'\n"
            "note: did you mean 'full'? Profiles: full\n"
            "1 error; nothing was run.");
}

TEST(Vars, ProfileCanOnlySetVars) {
  EXPECT_EQ(told("vars: {n: 1}\nprofiles:\n  full: {m: 2}\nstages: {data: {uses: dataset/toy}}\n"),
            "w.yaml:3:10: error: profile 'full': there is no var 'm'\n"
            "    full: {m: 2}\n"
            "           ^\n"
            "note: vars: n\n"
            "1 error; nothing was run.");
}

TEST(Vars, CantBeMaps) {
  EXPECT_EQ(told("vars: {n: {a: 1}}\nstages: {data: {uses: dataset/toy}}\n"),
            "w.yaml:1:11: error: var 'n' can't be a map\n"
            "    vars: {n: {a: 1}}\n"
            "              ^\n"
            "note: a var is a flag, an integer, a number, a text or a list of those, or {value: ..., help: ...}\n"
            "1 error; nothing was run.");
}

TEST(Vars, CantBeNamedAsASetting) {
  EXPECT_EQ(told("vars: {seed: 1}\nstages: {data: {uses: dataset/toy}}\n"),
            "w.yaml:1:8: error: a var can't have the name 'seed'\n"
            "    vars: {seed: 1}\n"
            "           ^~~~\n"
            "note: 'seed' stands at the top of the file; --set seed=... changes it\n"
            "1 error; nothing was run.");
}

TEST(Set, ChangesAStagesParameter) {
  EXPECT_EQ(images(loaded(kVars, {.sets = {"data.images=5"}})), ParamValue(int64_t{5}));
}

TEST(Set, ChangesAParameterThatTheFileLeavesOut) {
  EXPECT_EQ(loaded(kPgh, {.sets = {"network.epochs=2"}}).loops.at(0).stages.at(1).params.at("epochs"),
            ParamValue(int64_t{2}));
}

TEST(Set, ParameterHoldsInEveryRound) {
  EXPECT_EQ(loaded(kPgh, {.sets = {"gan.epochs=2"}}).loops.at(0).stages.at(0).params_in(3).at("epochs"),
            ParamValue(int64_t{2}));
}

TEST(Set, ChangesALoopsRounds) { EXPECT_EQ(loaded(kPgh, {.sets = {"pgh.rounds=2"}}).loops.at(0).rounds, 2); }

TEST(Set, ChangesTheSeed) { EXPECT_EQ(loaded(kPgh, {.sets = {"seed=3"}}).seed, 3u); }

TEST(Set, ChangesDevicePrecisionAndThreads) {
  const auto workflow = loaded(kPgh, {.sets = {"device=cuda", "precision=bf16", "threads=2"}});
  EXPECT_EQ(workflow.device, "cuda:0");
  EXPECT_EQ(workflow.precision, "bf16");
  EXPECT_EQ(workflow.threads, 2);
}

TEST(Set, ThatNamesNothingIsTold) {
  EXPECT_EQ(told(kVars, {.sets = {"m=1", "dat.images=1", "data.image=1", "n"}}),
            "--set: error: it takes NAME=VALUE, not 'n'\n"
            "note: --set bits=64 sets a var, --set gan.epochs=2 a stage's parameter\n"
            "--set m: error: there is no var 'm'\n"
            "note: it can set: kind, n, seed, device, precision, threads\n"
            "--set dat.images: error: there is no stage 'dat'\n"
            "note: did you mean 'data'? Stages: data\n"
            "--set data.image: error: stage 'data': dataset/toy has no parameter 'image'\n"
            "note: did you mean 'images'? It has: images\n"
            "4 errors; nothing was run.");
}

TEST(Set, OfALoopKnowsRoundsOnly) {
  EXPECT_EQ(told(kPgh, {.sets = {"pgh.round=2"}}),
            "--set pgh.round: error: loop 'pgh' has no 'round'\n"
            "note: did you mean 'rounds'? Of a loop it can set: rounds\n"
            "1 error; nothing was run.");
}

TEST(Set, ValueOutOfBoundsIsTold) {
  EXPECT_EQ(told(kVars, {.sets = {"data.images=0"}}),
            "--set data.images: error: stage 'data': parameter 'images': 0 is below 1\n"
            "note: images: how many; an integer, from 1 to 60000; default 100\n"
            "1 error; nothing was run.");
}

TEST(Set, TakesLists) {
  const auto text = kStart + "  e: {uses: feature/edges, in: {images: data.images}}\n";
  EXPECT_EQ(loaded(text, {.sets = {"e.filters=[1, 2, 3]"}}).stages.at(2).params.at("filters"),
            ParamValue(std::vector<int64_t>{1, 2, 3}));
}

}  // namespace
}  // namespace hashloom::workflow::test
