#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "workshop.hpp"

namespace hashloom::workflow::test {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

const std::string kBounded = R"(vars: {n: {value: 10, type: integer, between: [1, 200], help: pictures}}
stages:
  data: {uses: dataset/toy, with: {images: "${n}"}}
)";

TEST(TypedVar, HasItsValue) { EXPECT_EQ(loaded(kBounded).vars.at("n"), ParamValue(int64_t{10})); }

TEST(TypedVar, KeepsItsTypeWhereAnIntegerIsWrittenForANumber) {
  EXPECT_EQ(loaded("vars: {n: {value: 1, type: number}}\n" + kStart).vars.at("n"), ParamValue(1.0));
}

TEST(TypedVar, SetOutOfBoundsIsTold) {
  EXPECT_EQ(told(kBounded, {.sets = {"n=201"}}),
            "--set n: error: var 'n': 201 is above 200\n"
            "note: n: pictures; an integer, from 1 to 200; default 10\n"
            "1 error; nothing was run.");
}

TEST(TypedVar, SetOfAnotherTypeIsToldOnce) {
  EXPECT_EQ(told(kBounded, {.sets = {"n=few"}}),
            "--set n: error: var 'n' takes an integer, not the text 'few'\n"
            "note: n: pictures; an integer, from 1 to 200; default 10\n"
            "1 error; nothing was run.");
}

TEST(TypedVar, ValueOfAProfileIsCheckedEvenIfItIsNotTaken) {
  const auto text = "profiles: {more: {n: 300}}\n" + kBounded;
  EXPECT_THAT(told(text), StartsWith("w.yaml:1:22: error: var 'n': 300 is above 200\n"));
  EXPECT_THAT(told(text, {.profile = "more"}), HasSubstr("\n1 error;"));
}

TEST(TypedVar, ValueOfAMatrixIsChecked) {
  const auto text = told("vars: {n: {value: 10, between: [1, 200]}}\n" + kStart + "matrix: {n: [5, 300]}\n");
  EXPECT_THAT(text, StartsWith("w.yaml:5:17: error: var 'n': 300 is above 200\n"));
  EXPECT_THAT(text, HasSubstr("note: in the cell n=300\n1 error;"));
}

TEST(TypedVar, ChoicesMayBeNumbers) {
  EXPECT_THAT(told("vars: {n: {value: 16, choices: [16, 32]}}\n" + kStart, {.sets = {"n=24"}}),
              StartsWith("--set n: error: var 'n': 24 is none of: 16, 32\n"));
}

TEST(TypedVar, ItsOwnValueIsChecked) {
  EXPECT_THAT(told("vars: {n: {value: 0, between: [1, 200]}}\n" + kStart),
              StartsWith("w.yaml:1:19: error: var 'n': 0 is below 1\n"));
}

TEST(TypedVar, ValueOfAnotherTypeIsTold) {
  EXPECT_THAT(told("vars: {n: {value: few, type: integer}}\n" + kStart),
              StartsWith("w.yaml:1:19: error: var 'n': the value is the text 'few', not an integer\n"));
}

TEST(TypedVar, MisspeltTypeIsTold) {
  const auto text = told("vars: {n: {value: 1, type: interger}}\n" + kStart);
  EXPECT_THAT(text, StartsWith("w.yaml:1:28: error: var 'n': there is no type 'interger'\n"));
  EXPECT_THAT(text, HasSubstr("note: did you mean 'integer'?"));
}

TEST(TypedVar, ChoicesThatAreNoListOfValuesAreTold) {
  for (const char* choices : {"fast", "[]", "[[1], 2]", "{a: 1}"})
    EXPECT_THAT(told(std::string("vars: {n: {value: fast, choices: ") + choices + "}}\n" + kStart),
                StartsWith("w.yaml:1:34: error: var 'n': 'choices' takes a list of values\n"))
        << choices;
}

TEST(TypedVar, MisspeltKeyIsTold) {
  EXPECT_THAT(told("vars: {n: {value: 1, betwen: [1, 2]}}\n" + kStart), HasSubstr("note: did you mean 'between'?"));
}

TEST(TypedVar, BoundsThatAreNoneAreTold) {
  EXPECT_THAT(told("vars: {n: {value: 1, between: [2]}}\n" + kStart),
              StartsWith("w.yaml:1:31: error: var 'n': 'between' takes the least and the largest number\n"));
  EXPECT_THAT(told("vars: {n: {value: a, between: [1, 2]}}\n" + kStart),
              HasSubstr("note: it is for integers and numbers; for texts: choices\n"));
}

TEST(TypedVar, ParameterOfASubWorkflowIsHeldToIt) {
  const auto text = told("stages:\n  a: {uses: ./sub.yaml, with: {n: 300}}\n",
                         {.files = {{"sub.yaml",
                                     "vars: {n: {value: 10, between: [1, 200], help: pictures}}\nstages: {d: "
                                     "{uses: dataset/toy, with: {images: \"${n}\"}}}\n"}}});
  EXPECT_EQ(text,
            "w.yaml:2:35: error: stage 'a': parameter 'n': 300 is above 200\n"
            "    a: {uses: ./sub.yaml, with: {n: 300}}\n"
            "                                    ^~~\n"
            "note: n: pictures; an integer, from 1 to 200; default 10\n"
            "1 error; nothing was run.");
}

}  // namespace
}  // namespace hashloom::workflow::test
