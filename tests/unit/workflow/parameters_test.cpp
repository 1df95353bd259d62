#include <gtest/gtest.h>

#include "workshop.hpp"

namespace hashloom::workflow::test {
namespace {

/// kStart with a stage `e` in line 4, whose parameters begin in column 62.
std::string edges(const std::string& with) {
  return kStart + "  e: {uses: feature/edges, in: {images: data.images}, with: {" + with + "}}\n";
}

ParamValue bound(const std::string& name, const std::string& with) {
  return loaded(edges(with)).stages.at(2).params.at(name);
}

TEST(Parameters, DefaultsAreFilledIn) {
  EXPECT_EQ(
      loaded(edges("")).stages.at(2).params,
      (Values{
          {"blur", 0.5}, {"colour", false}, {"filters", std::vector<int64_t>{8, 4}}, {"mode", std::string("fast")}}));
}

TEST(Parameters, IntegerBecomesANumber) { EXPECT_EQ(bound("blur", "blur: 1"), ParamValue(1.0)); }
TEST(Parameters, NumbersTakeExponents) { EXPECT_EQ(bound("blur", "blur: 5e-4"), ParamValue(5e-4)); }
TEST(Parameters, FlagIsRead) { EXPECT_EQ(bound("colour", "colour: true"), ParamValue(true)); }
TEST(Parameters, ListIsRead) { EXPECT_EQ(bound("filters", "filters: [1, 2]"), ParamValue(std::vector<int64_t>{1, 2})); }
TEST(Parameters, EmptyListKeepsItsType) {
  EXPECT_EQ(bound("filters", "filters: []"), ParamValue(std::vector<int64_t>{}));
}

/// The first line of what is told, without its place.
std::string first_line(const std::string& with) {
  const auto text = told(edges(with));
  return text.substr(0, text.find('\n'));
}

TEST(Parameters, WrongTypeIsTold) {
  EXPECT_EQ(first_line("blur: many"),
            "w.yaml:4:68: error: stage 'e': parameter 'blur' takes a number, not the text 'many'");
}

TEST(Parameters, QuotedNumberIsText) {
  EXPECT_EQ(first_line("blur: \"1\""),
            "w.yaml:4:68: error: stage 'e': parameter 'blur' takes a number, not the text '1'");
}

TEST(Parameters, NumberIsNoInteger) {
  EXPECT_EQ(first_line("filters: [1.5]"),
            "w.yaml:4:71: error: stage 'e': parameter 'filters' takes a list of integers, not a list");
}

TEST(Parameters, InfinityIsNoNumber) {
  EXPECT_EQ(first_line("blur: .inf"),
            "w.yaml:4:68: error: stage 'e': parameter 'blur' takes a number, not the text '.inf'");
}

TEST(Parameters, NothingIsNoText) {
  EXPECT_EQ(first_line("mode: "), "w.yaml:4:62: error: stage 'e': parameter 'mode' takes a text, not nothing");
}

TEST(Parameters, OutOfBoundsIsTold) {
  EXPECT_EQ(first_line("blur: 1.5"), "w.yaml:4:68: error: stage 'e': parameter 'blur': 1.5 is above 1");
}

TEST(Parameters, ItemOutOfBoundsIsTold) {
  EXPECT_EQ(first_line("filters: [8, 0]"), "w.yaml:4:71: error: stage 'e': parameter 'filters': 0 is below 1");
}

TEST(Parameters, ChoiceThatIsNoneIsToldWithTheChoices) {
  EXPECT_EQ(told(edges("mode: slow")),
            "w.yaml:4:68: error: stage 'e': parameter 'mode': 'slow' is none of: fast, exact\n"
            "    e: {uses: feature/edges, in: {images: data.images}, with: {mode: slow}}\n"
            "                                                                     ^~~~\n"
            "note: mode: how; a text, one of fast, exact; default fast\n"
            "1 error; nothing was run.");
}

TEST(Parameters, MisspeltOneIsToldWithTheNearest) {
  EXPECT_EQ(
      told("stages:\n  data: {uses: dataset/toy}\n  gist:\n    uses: feature/gist\n    in: {images: data.images}\n"
           "    with: {orientation: 8}\n"),
      "w.yaml:6:12: error: stage 'gist': feature/gist has no parameter 'orientation'\n"
      "    with: {orientation: 8}\n"
      "           ^~~~~~~~~~~\n"
      "note: did you mean 'orientations'? It has: orientations, scales, grid, size\n"
      "1 error; nothing was run.");
}

TEST(Parameters, RoundsAreForStagesInALoop) {
  EXPECT_EQ(first_line("rounds: {1: {blur: 1}}"), "w.yaml:4:62: error: stage 'e': 'rounds' is for stages in a loop");
}

TEST(Parameters, RoundsAreCheckedLikeParameters) {
  auto text = kPgh;
  const std::string good = "4: {learning_rate: 1e-4}";
  text.replace(text.find(good), good.size(), "0: {}, x: {}, 3: {epochs: 0}, 4: {epoch: 1}");
  EXPECT_EQ(told(text),
            "w.yaml:19:53: error: stage 'gan': '0' is no round\n"
            "    with: {epochs: 24, rounds: {2: {epochs: 8}, 0: {}, x: {}, 3: {epochs: 0}, 4: {epoch: 1}}}\n"
            "                                                ^\n"
            "note: rounds count from 1: rounds: {2: {epochs: 8}} holds from round 2 on\n"
            "w.yaml:19:60: error: stage 'gan': 'x' is no round\n"
            "    with: {epochs: 24, rounds: {2: {epochs: 8}, 0: {}, x: {}, 3: {epochs: 0}, 4: {epoch: 1}}}\n"
            "                                                       ^\n"
            "note: rounds count from 1: rounds: {2: {epochs: 8}} holds from round 2 on\n"
            "w.yaml:19:79: error: stage 'gan': parameter 'epochs': 0 is below 1\n"
            "    with: {epochs: 24, rounds: {2: {epochs: 8}, 0: {}, x: {}, 3: {epochs: 0}, 4: {epoch: 1}}}\n"
            "                                                                          ^\n"
            "note: epochs: passes; an integer, from 1 to 1000; default 8\n"
            "w.yaml:19:87: error: stage 'gan': generator/dcgan has no parameter 'epoch'\n"
            "    with: {epochs: 24, rounds: {2: {epochs: 8}, 0: {}, x: {}, 3: {epochs: 0}, 4: {epoch: 1}}}\n"
            "                                                                                  ^~~~~\n"
            "note: did you mean 'epochs'? It has: epochs, learning_rate\n"
            "4 errors; nothing was run.");
}

}  // namespace
}  // namespace hashloom::workflow::test
