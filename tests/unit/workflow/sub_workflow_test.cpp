#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "workshop.hpp"

namespace hashloom::workflow::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

// Line 3 uses the file; a test adds lines from line 4 on.
const std::string kUser = R"(stages:
  data: {uses: dataset/toy}
  start: {uses: ./methods/weak.yaml, in: {images: data.images}, with: {bits: 16}}
)";

const std::string kWeak = R"(inputs: {images: images}
outputs: {codes: hash.codes}
vars: {bits: 32, scales: 4}
stages:
  gist: {uses: feature/gist, in: {images: inputs.images}, with: {scales: "${scales}"}}
  hash: {uses: hasher/lsh, in: {features: gist.features}, with: {bits: "${bits}"}}
)";

const std::string kLearner = R"(inputs: {images: images, codes: codes}
outputs: {codes: network.codes}
stages:
  gan: {uses: generator/dcgan, in: {images: inputs.images, codes: inputs.codes}}
  network: {uses: network/pgh, in: {images: inputs.images, codes: inputs.codes, generator: gan.generator}}
)";

const std::string kLoop = R"(  pgh:
    loop: {carry: {codes: start.codes}, next: {codes: learn.codes}}
    stages: {learn: {uses: ./learner.yaml, in: {images: data.images, codes: pgh.codes}, fresh: true}}
    observe: {scores: {uses: ./scores.yaml, in: {codes: pgh.previous.codes, labels: data.labels}}}
)";

const std::string kScores = R"(inputs: {codes: codes, labels: labels}
stages: {score: {uses: evaluator/retrieval, in: {codes: inputs.codes, labels: inputs.labels}}}
)";

Options with_weak(const std::string& weak = kWeak) { return {.files = {{"methods/weak.yaml", weak}}}; }

Options with_loop() {
  return {.files = {{"methods/weak.yaml", kWeak}, {"learner.yaml", kLearner}, {"scores.yaml", kScores}}};
}

std::vector<std::string> names(const std::vector<Stage>& stages) {
  std::vector<std::string> all;
  for (const auto& stage : stages) all.push_back(stage.name);
  return all;
}

PortRef source(const Stage& stage, const std::string& input) { return stage.inputs.at(input).front(); }

TEST(SubWorkflow, StagesStandInItsPlaceUnderTheNameOfTheStageThatUsesIt) {
  const auto workflow = loaded(kUser + "  more: {uses: dataset/toy}\n", with_weak());
  EXPECT_THAT(names(workflow.stages), ElementsAre("data", "start/gist", "start/hash", "more"));
}

TEST(SubWorkflow, InputsAreWhatTheStageReads) {
  const auto gist = loaded(kUser, with_weak()).stages.at(1);
  EXPECT_EQ(source(gist, "images").node, "data");
  EXPECT_EQ(source(gist, "images").port, "images");
}

TEST(SubWorkflow, OutputsCanBeRead) {
  const auto text = kUser + "  score: {uses: evaluator/retrieval, in: {codes: start.codes, labels: data.labels}}\n";
  EXPECT_EQ(source(loaded(text, with_weak()).stages.at(3), "codes").node, "start/hash");
}

TEST(SubWorkflow, VarsAreParameters) {
  const auto workflow = loaded(kUser, with_weak());
  EXPECT_EQ(workflow.stages.at(2).params.at("bits"), ParamValue(int64_t{16}));
  EXPECT_EQ(workflow.stages.at(1).params.at("scales"), ParamValue(int64_t{4}));
}

TEST(SubWorkflow, ParametersMayComeFromVars) {
  const auto text =
      "vars: {n: 7}\nstages:\n  data: {uses: dataset/toy}\n"
      "  start: {uses: ./methods/weak.yaml, in: {images: data.images}, with: {bits: \"${n}\"}}\n";
  EXPECT_EQ(loaded(text, with_weak()).stages.at(2).params.at("bits"), ParamValue(int64_t{7}));
}

TEST(SubWorkflow, FileMayBeChosenByAVar) {
  const auto text =
      "vars: {method: weak}\nstages:\n  data: {uses: dataset/toy}\n"
      "  start: {uses: \"./methods/${method}.yaml\", in: {images: data.images}}\n";
  EXPECT_EQ(loaded(text, with_weak()).stages.at(2).name, "start/hash");
}

TEST(SubWorkflow, EncoderIsTheStageInside) {
  EXPECT_EQ(loaded(kUser, with_weak()).encoder->node, "start/hash");
  EXPECT_EQ(loaded(kUser + "encoder: start.codes\n", with_weak()).encoder->node, "start/hash");
}

TEST(SubWorkflow, InALoopItsStagesAreTheLoops) {
  const auto loop = loaded(kUser + kLoop, with_loop()).loops.at(0);
  EXPECT_THAT(names(loop.stages), ElementsAre("learn/gan", "learn/network"));
  EXPECT_EQ(loop.stages.at(0).loop, "pgh");
  EXPECT_TRUE(loop.stages.at(0).fresh);
  EXPECT_EQ(loop.next.at("codes").node, "learn/network");
  EXPECT_EQ(source(loop.stages.at(0), "codes").node, "pgh");
  EXPECT_TRUE(source(loop.stages.at(0), "codes").is_loop);
}

TEST(SubWorkflow, UnderObserveItsStagesObserve) {
  const auto observer = loaded(kUser + kLoop, with_loop()).loops.at(0).observers.at(0);
  EXPECT_EQ(observer.name, "scores/score");
  EXPECT_TRUE(observer.observer);
  EXPECT_TRUE(source(observer, "codes").previous);
  EXPECT_FALSE(observer.starts_at_zero);
}

TEST(SubWorkflow, MayHoldALoop) {
  const auto text = R"(inputs: {images: images, codes: codes}
outputs: {codes: pgh.codes}
stages:
  pgh:
    loop: {carry: {codes: inputs.codes}, next: {codes: learn.codes}, rounds: 3}
    stages: {learn: {uses: learner.yaml, in: {images: inputs.images, codes: pgh.codes}}}
)";
  const auto whole = kUser + "  all: {uses: ./pgh.yaml, in: {images: data.images, codes: start.codes}}\n" +
                     "  end: {uses: evaluator/retrieval, in: {codes: all.codes, labels: data.labels}}\n";
  auto options = with_loop();
  options.files["pgh.yaml"] = text;
  const auto workflow = loaded(whole, options);
  EXPECT_EQ(workflow.loops.at(0).name, "all/pgh");
  EXPECT_EQ(workflow.loops.at(0).carry.at("codes").node, "start/hash");
  EXPECT_THAT(names(workflow.loops.at(0).stages), ElementsAre("all/learn/gan", "all/learn/network"));
  EXPECT_EQ(source(workflow.stages.back(), "codes").node, "all/pgh");
}

TEST(SubWorkflow, PathsAreThoseOfTheFileThatNamesThem) {
  auto options = with_weak(
      "inputs: {images: images}\noutputs: {codes: both.codes}\n"
      "stages: {both: {uses: inner.yaml, in: {images: inputs.images}}}\nvars: {bits: 1}\n");
  options.files["methods/inner.yaml"] = kWeak;
  EXPECT_THAT(names(loaded(kUser, options).stages), ElementsAre("data", "start/both/gist", "start/both/hash"));
}

TEST(SubWorkflow, SetReachesItsParametersAndItsStages) {
  auto options = with_weak();
  options.sets = {"start.scales=2", "start/hash.bits=9"};
  const auto workflow = loaded(kUser, options);
  EXPECT_EQ(workflow.stages.at(1).params.at("scales"), ParamValue(int64_t{2}));
  EXPECT_EQ(workflow.stages.at(2).params.at("bits"), ParamValue(int64_t{9}));
}

TEST(SubWorkflow, GoesThroughJson) {
  const auto workflow = loaded(kUser + kLoop, with_loop());
  EXPECT_EQ(workflow.used_files.size(), 3u);
  EXPECT_EQ(from_json(nlohmann::json::parse(to_json(workflow).dump())), workflow);
}

TEST(SubWorkflow, MistakeInItIsToldThereWithItsUse) {
  auto weak = kWeak;
  weak.replace(weak.find("gist.features"), 4, "gits");
  EXPECT_EQ(told(kUser, with_weak(weak)),
            "methods/weak.yaml:6:43: error: stage 'start/hash': input 'features': there is no stage 'gits'\n"
            "    hash: {uses: hasher/lsh, in: {features: gits.features}, with: {bits: \"${bits}\"}}\n"
            "                                            ^~~~~~~~~~~~~\n"
            "note: did you mean 'gist'? Stages: gist, hash, inputs\n"
            "note: used by stage 'start', w.yaml:3:17\n"
            "1 error; nothing was run.");
}

TEST(SubWorkflow, BrokenYamlIsToldOnceForTwoUses) {
  const auto told_text = told(kUser + "  again: {uses: ./methods/weak.yaml}\n", with_weak("stages: [\n"));
  EXPECT_THAT(told_text, StartsWith("methods/weak.yaml:2:1: error: this is not YAML: "));
  EXPECT_THAT(told_text, HasSubstr("\n1 error;"));
}

TEST(SubWorkflow, ThatIsNotThereIsTold) {
  EXPECT_THAT(told("stages:\n  a: {uses: ./nowhere.yaml}\n"),
              HasSubstr("'nowhere.yaml' can't be read: No such file or directory\n    a: {uses: ./nowhere.yaml}\n"));
}

TEST(SubWorkflow, MissingInputIsTold) {
  EXPECT_THAT(told("stages:\n  start: {uses: ./methods/weak.yaml}\n", with_weak()),
              StartsWith("w.yaml:2:3: error: stage 'start': the input 'images' is missing\n"));
}

TEST(SubWorkflow, InputOfAnotherTypeIsToldOnceAtItsUse) {
  EXPECT_EQ(told("stages:\n  data: {uses: dataset/toy}\n"
                 "  gist: {uses: feature/gist, in: {images: data.images}}\n"
                 "  start: {uses: ./methods/weak.yaml, in: {images: gist.features}}\n",
                 with_weak()),
            "w.yaml:4:51: error: stage 'start': input 'images' takes images, 'gist.features' gives features\n"
            "    start: {uses: ./methods/weak.yaml, in: {images: gist.features}}\n"
            "                                                    ^~~~~~~~~~~~~\n"
            "note: these give images: data.images\n"
            "1 error; nothing was run.");
}

TEST(SubWorkflow, InputOfAnotherTypeThanDeclaredIsToldInside) {
  EXPECT_THAT(
      told(kUser, with_weak("inputs: {images: codes}\n" + kWeak.substr(kWeak.find("outputs")))),
      HasSubstr("methods/weak.yaml:5:43: error: stage 'start/gist': input 'images' takes images, 'inputs.images' "
                "gives codes\n"));
}

TEST(SubWorkflow, LabelsStayWithEvaluatorsInside) {
  EXPECT_THAT(told("stages:\n  data: {uses: dataset/toy}\n  start: {uses: ./peek.yaml, in: {labels: data.labels}}\n",
                   {.files = {{"peek.yaml",
                               "inputs: {labels: labels}\nstages: {p: {uses: feature/peek, in: {labels: inputs.labels, "
                               "images: inputs.labels}}}\n"}}}),
              HasSubstr("note: labels go to evaluators only; nothing that trains may see them\n"));
}

TEST(SubWorkflow, MisspeltOutputIsTold) {
  EXPECT_THAT(told(kUser + "encoder: start.code\n", with_weak()),
              HasSubstr("error: encoder: 'start' gives no 'code'\n    encoder: start.code\n             ^~~~~~~~~~\n"
                        "note: did you mean 'codes'? It gives: codes\n"));
}

TEST(SubWorkflow, OutputThatNobodyGivesIsTold) {
  EXPECT_THAT(told(kUser, with_weak("outputs: {codes: hsh.codes}\n" + kWeak.substr(0, 24) + kWeak.substr(53))),
              HasSubstr("methods/weak.yaml:1:18: error: stage 'start': output 'codes': there is no stage 'hsh'\n"));
}

TEST(SubWorkflow, MisspeltParameterIsTold) {
  EXPECT_THAT(told("stages:\n  data: {uses: dataset/toy}\n"
                   "  start: {uses: ./methods/weak.yaml, in: {images: data.images}, with: {bist: 1}}\n",
                   with_weak()),
              HasSubstr("stage 'start': ./methods/weak.yaml has no parameter 'bist'"));
}

TEST(SubWorkflow, ParameterOfAnotherTypeIsToldOnceAtItsUse) {
  EXPECT_EQ(told("stages:\n  data: {uses: dataset/toy}\n"
                 "  start: {uses: ./methods/weak.yaml, in: {images: data.images}, with: {bits: few}}\n",
                 with_weak()),
            "w.yaml:3:78: error: stage 'start': parameter 'bits' takes an integer, not the text 'few'\n"
            "    start: {uses: ./methods/weak.yaml, in: {images: data.images}, with: {bits: few}}\n"
            "                                                                               ^~~\n"
            "note: bits: an integer; default 32\n"
            "1 error; nothing was run.");
}

TEST(SubWorkflow, ItsStagesAreNotReadFromOutside) {
  EXPECT_THAT(told(kUser + "encoder: start/hash.codes\n", with_weak()),
              HasSubstr("error: encoder: 'start/hash.codes' lies in a sub-workflow\n"));
}

TEST(SubWorkflow, UnknownStageOfSetIsTold) {
  auto options = with_weak();
  options.sets = {"start/hsh.bits=9", "data/hash.bits=9"};
  const auto text = told(kUser, options);
  EXPECT_THAT(text, HasSubstr("--set start/hsh.bits: error: there is no stage 'hsh'\nnote: did you mean 'hash'?"));
  EXPECT_THAT(text, HasSubstr("--set data/hash.bits: error: there is no stage 'data/hash'\n"));
}

TEST(SubWorkflow, ThatUsesItselfIsToldWithTheChain) {
  const auto text = told(
      "stages:\n  a: {uses: ./one.yaml}\n",
      {.files = {{"one.yaml", "stages: {b: {uses: two.yaml}}\n"}, {"two.yaml", "stages: {c: {uses: one.yaml}}\n"}}});
  EXPECT_THAT(text, StartsWith("two.yaml:1:20: error: stage 'a/b/c': the file uses itself: one.yaml -> "
                               "two.yaml -> one.yaml\n"));
  EXPECT_THAT(text, HasSubstr("note: used by stage 'a/b', one.yaml:1:20\nnote: used by stage 'a', w.yaml:2:13\n"));
}

TEST(SubWorkflow, OutputThatIsItsOwnSourceIsTold) {
  EXPECT_THAT(told("stages:\n  a: {uses: ./pass.yaml, in: {codes: a.codes}}\n",
                   {.files = {{"pass.yaml", "inputs: {codes: codes}\noutputs: {codes: inputs.codes}\nstages: {}\n"}}}),
              HasSubstr("stage 'a': input 'codes': 'a.codes' is its own source\n"));
}

// Each file uses the next one twice: 2^20 uses if nothing stopped it.
TEST(SubWorkflow, FilesThatExplodeAreTold) {
  Options options;
  for (int i = 0; i < 20; ++i)
    options.files["f" + std::to_string(i) + ".yaml"] = i == 19 ? "stages: {data: {uses: dataset/toy}}\n"
                                                               : "stages: {a: {uses: f" + std::to_string(i + 1) +
                                                                     ".yaml}, b: {uses: f" + std::to_string(i + 1) +
                                                                     ".yaml}}\n";
  EXPECT_THAT(told("stages: {a: {uses: f0.yaml}}\n", options),
              HasSubstr(": error: sub-workflows hold more than 1000000"));
}

TEST(SubWorkflow, FilesThatAreTooLongTogetherAreTold) {
  const std::string nine_megabytes = "# " + std::string(9 << 20, 'x') + "\n";
  EXPECT_THAT(
      told("stages: {a: {uses: ./long.yaml}, b: {uses: ./long.yaml}}\n",
           {.files = {{"long.yaml", nine_megabytes + "stages: {data: {uses: dataset/toy}}\n"}}}),
      StartsWith("w.yaml:1:44: error: sub-workflows hold more than 1000000 values or 16 MiB, each use counted\n"));
}

TEST(SubWorkflow, MoreThanAHundredLevelsAreTold) {
  Options options;
  for (int i = 0; i < 102; ++i)
    options.files["n" + std::to_string(i) + ".yaml"] = "stages: {a: {uses: n" + std::to_string(i + 1) + ".yaml}}\n";
  EXPECT_THAT(told("stages: {a: {uses: ./n0.yaml}}\n", options),
              HasSubstr(": sub-workflows are nested deeper than 100 levels\n"));
}

TEST(SubWorkflow, LoopInALoopIsTold) {
  auto options = with_loop();
  options.files["learner.yaml"] = "outputs: {codes: in.codes}\nstages:\n  in:\n    loop: {}\n    stages: {}\n";
  EXPECT_THAT(told(kUser + kLoop, options),
              HasSubstr("learner.yaml:3:3: error: 'learn/in' is a loop in the loop 'pgh'\n"));
}

TEST(SubWorkflow, IsNotRunByItself) {
  EXPECT_THAT(told(kWeak), HasSubstr("w.yaml:1:1: error: 'inputs' makes this file a sub-workflow, which is not run by "
                                     "itself\n"));
}

TEST(SubWorkflow, HasNoSettingsOfItsOwn) {
  EXPECT_THAT(told(kUser, with_weak(kWeak + "seed: 1\n")),
              StartsWith("methods/weak.yaml:7:1: error: a sub-workflow has no 'seed'\n"));
}

TEST(SubWorkflow, ADifferentFileInEachCellIsChecked) {
  const auto text =
      "vars: {method: weak}\nstages:\n  data: {uses: dataset/toy}\n"
      "  start: {uses: \"./methods/${method}.yaml\", in: {images: data.images}}\n"
      "matrix: {method: [weak, weka]}\n";
  EXPECT_THAT(told(text, with_weak()), HasSubstr("methods/weka.yaml' can't be read"));
  EXPECT_THAT(told(text, with_weak()), HasSubstr("note: in the cell method=weka\n1 error;"));
}

}  // namespace
}  // namespace hashloom::workflow::test
