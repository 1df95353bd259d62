#include <gtest/gtest.h>

#include "workshop.hpp"

namespace hashloom::workflow::test {
namespace {

TEST(Mistakes, AWholeWorkflowHasNone) { EXPECT_EQ(told(kPgh), "no mistake"); }

TEST(Mistakes, AreToldAllAtOnceInTheFilesOrder) {
  EXPECT_EQ(told("sed: 1\n" + kStart + "  start: {uses: hasher/lsh, in: {features: data.labels}, with: {bit: 8}}\n"),
            "w.yaml:1:1: error: there is no key 'sed' here\n"
            "    sed: 1\n"
            "    ^~~\n"
            "note: did you mean 'seed'? Keys: name, seed, device, precision, threads, vars, profiles, stages, encoder, "
            "matrix\n"
            "w.yaml:5:44: error: stage 'start': input 'features' takes features, 'data.labels' gives labels\n"
            "    start: {uses: hasher/lsh, in: {features: data.labels}, with: {bit: 8}}\n"
            "                                             ^~~~~~~~~~~\n"
            "note: labels go to evaluators only; nothing that trains may see them\n"
            "w.yaml:5:65: error: stage 'start': hasher/lsh has no parameter 'bit'\n"
            "    start: {uses: hasher/lsh, in: {features: data.labels}, with: {bit: 8}}\n"
            "                                                                  ^~~\n"
            "note: did you mean 'bits'? It has: bits\n"
            "3 errors; nothing was run.");
}

TEST(Mistakes, MisspeltComponentIsTold) {
  EXPECT_EQ(told("stages:\n  data: {uses: dataset/toi}\n"),
            "w.yaml:2:16: error: stage 'data': there is no component 'dataset/toi'\n"
            "    data: {uses: dataset/toi}\n"
            "                 ^~~~~~~~~~~\n"
            "note: did you mean 'dataset/toy'? Installed: dataset/toy, evaluator/retrieval, evaluator/samples, "
            "feature/edges, "
            "feature/gist, feature/peek, generator/dcgan, generator/either, hasher/broken, hasher/joined, hasher/lsh, "
            "network/pgh\n"
            "1 error; nothing was run.");
}

TEST(Mistakes, LibraryThatCantBeOpenedIsToldWithItsRemedy) {
  EXPECT_EQ(told(kStart + "  start: {uses: hasher/broken, in: {features: gist.features}}\n"),
            "w.yaml:4:17: error: stage 'start': broken.so has no entry\n"
            "    start: {uses: hasher/broken, in: {features: gist.features}}\n"
            "                  ^~~~~~~~~~~~~\n"
            "note: build it with hashloom_add_plugin()\n"
            "1 error; nothing was run.");
}

TEST(Mistakes, StageWithoutUsesIsTold) {
  EXPECT_EQ(told("stages:\n  data: {with: {images: 5}}\n"),
            "w.yaml:2:3: error: stage 'data': 'uses' names no component\n"
            "    data: {with: {images: 5}}\n"
            "    ^~~~\n"
            "note: write uses: ROLE/COMPONENT; `hashloom plugins list` shows them\n"
            "1 error; nothing was run.");
}

TEST(Mistakes, UnknownKeyOfAStageIsTold) {
  EXPECT_EQ(told("stages:\n  data: {uses: dataset/toy, wiht: {images: 5}}\n"),
            "w.yaml:2:29: error: stage 'data': there is no key 'wiht' here\n"
            "    data: {uses: dataset/toy, wiht: {images: 5}}\n"
            "                              ^~~~\n"
            "note: did you mean 'with'? Keys: uses, in, with\n"
            "1 error; nothing was run.");
}

TEST(Mistakes, UnknownKeysOfALoopAreTold) {
  EXPECT_EQ(told("stages:\n  a:\n    loop: {round: 1}\n    stage: {}\n"),
            "w.yaml:2:3: error: loop 'a': nothing is carried\n"
            "    a:\n"
            "    ^\n"
            "note: add carry: {codes: STAGE.codes}, then read a.codes\n"
            "w.yaml:2:3: error: loop 'a': there are no stages in it\n"
            "    a:\n"
            "    ^\n"
            "note: add stages:\n"
            "w.yaml:3:12: error: loop 'a': there is no key 'round' here\n"
            "    loop: {round: 1}\n"
            "           ^~~~~\n"
            "note: did you mean 'rounds'? Keys: carry, next, rounds, until\n"
            "w.yaml:4:5: error: loop 'a': there is no key 'stage' here\n"
            "    stage: {}\n"
            "    ^~~~~\n"
            "note: did you mean 'stages'? Keys: loop, stages, observe\n"
            "4 errors; nothing was run.");
}

TEST(Mistakes, FreshIsForStagesOfALoop) {
  EXPECT_EQ(told("stages:\n  data: {uses: dataset/toy, fresh: true}\n"),
            "w.yaml:2:29: error: stage 'data': there is no key 'fresh' here\n"
            "    data: {uses: dataset/toy, fresh: true}\n"
            "                              ^~~~~\n"
            "note: keys: uses, in, with\n"
            "1 error; nothing was run.");
}

TEST(Mistakes, KeyThatStandsTwiceIsTold) {
  EXPECT_EQ(told("stages:\n  data: {uses: dataset/toy}\n  data: {uses: dataset/toy}\n"),
            "w.yaml:3:3: error: the key 'data' stands twice\n"
            "    data: {uses: dataset/toy}\n"
            "    ^~~~\n"
            "note: it stands in line 2 too; keep one of them\n"
            "1 error; nothing was run.");
}

TEST(Mistakes, NameOfALoopsStageIsUniqueInTheFile) {
  EXPECT_EQ(told(kPgh + "  gan: {uses: dataset/toy}\n"),
            "w.yaml:26:3: error: the name 'gan' stands twice\n"
            "    gan: {uses: dataset/toy}\n"
            "    ^~~\n"
            "note: it stands in line 16 too; names are unique in a file\n"
            "1 error; nothing was run.");
}

TEST(Mistakes, NameWithADotIsTold) {
  EXPECT_EQ(told("stages:\n  a.b: {uses: dataset/toy}\n"),
            "w.yaml:2:3: error: 'a.b' can't be the name of a stage\n"
            "    a.b: {uses: dataset/toy}\n"
            "    ^~~\n"
            "note: a name is a letter, then letters, digits, '_' or '-', 100 at the most\n"
            "1 error; nothing was run.");
}

TEST(Mistakes, SettingsOutOfRangeAreTold) {
  EXPECT_EQ(told("seed: -1\ndevice: gpu\nprecision: half\nthreads: many\nname: a/b\n" + kStart),
            "w.yaml:1:7: error: 'seed' can't be '-1'\n"
            "    seed: -1\n"
            "          ^~\n"
            "note: it is an integer from 0 to 9223372036854775807\n"
            "w.yaml:2:9: error: 'device' can't be 'gpu'\n"
            "    device: gpu\n"
            "            ^~~\n"
            "note: it is auto, cpu, cuda or cuda:N\n"
            "w.yaml:3:12: error: 'precision' can't be 'half'\n"
            "    precision: half\n"
            "               ^~~~\n"
            "note: it is auto, float32 or bf16\n"
            "w.yaml:4:10: error: 'threads' can't be 'many'\n"
            "    threads: many\n"
            "             ^~~~\n"
            "note: it is an integer from 0 to 1024\n"
            "w.yaml:5:7: error: 'name' can't be 'a/b'\n"
            "    name: a/b\n"
            "          ^~~\n"
            "note: it is up to 100 characters without '/', not beginning with '.'\n"
            "5 errors; nothing was run.");
}

TEST(Mistakes, NameIsTheFilesWithoutOne) { EXPECT_EQ(loaded(kStart).name, "w"); }

TEST(Mistakes, WorkflowWithoutStagesIsTold) {
  EXPECT_EQ(told("name: x\n"),
            "w.yaml:1:1: error: there are no stages\n"
            "    name: x\n"
            "    ^\n"
            "note: a workflow has at least 'stages:'\n"
            "1 error; nothing was run.");
}

}  // namespace
}  // namespace hashloom::workflow::test
