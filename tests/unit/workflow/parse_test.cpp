#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "workshop.hpp"

namespace hashloom::workflow::test {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

TEST(Parse, BrokenYamlIsToldWithItsPlace) {
  EXPECT_THAT(told("stages:\n  data: {uses: dataset/toy\n"), StartsWith("w.yaml:3:1: error: this is not YAML: "));
}

TEST(Parse, EmptyFileIsTold) {
  EXPECT_EQ(told(""),
            "w.yaml:1:1: error: the file is empty\nnote: a workflow has at least 'stages:'\n1 error; nothing was run.");
}

TEST(Parse, FileOfCommentsIsTold) {
  EXPECT_THAT(told("# nothing yet\n"), StartsWith("w.yaml:1:1: error: the file says nothing\n"));
}

TEST(Parse, ListIsNoWorkflow) {
  EXPECT_THAT(told("- a\n- b\n"), StartsWith("w.yaml:1:1: error: a workflow is a map of keys, not a list\n"));
}

TEST(Parse, MissingFileIsTold) {
  EXPECT_EQ(told_of("/nowhere/w.yaml"),
            "/nowhere/w.yaml: error: the file can't be read: No such file or directory\n"
            "note: name a workflow's file\n"
            "1 error; nothing was run.");
}

TEST(Parse, FolderIsTold) {
  EXPECT_EQ(
      told_of("/"),
      "/: error: the file can't be read: it is a folder\nnote: name a workflow's file\n1 error; nothing was run.");
}

TEST(Parse, FileOfOver16MiBIsTold) {
  EXPECT_THAT(told(std::string((16 << 20) + 1, '#')), StartsWith("w.yaml: error: the file is larger than 16 MiB\n"));
}

TEST(Parse, BytesThatAreNoTextAreTold) {
  EXPECT_THAT(told("name: a\nseed: \xFF\n"), StartsWith("w.yaml:2:7: error: the byte 0xFF is not UTF-8 text\n"));
}

TEST(Parse, SecondDocumentIsTold) {
  EXPECT_THAT(told(kStart + "---\nname: b\n"), HasSubstr(": error: a second document begins here\n"));
}

// The map is level 1, so that the bracket in column 103 opens level 101.
TEST(Parse, DeepNestingIsTold) {
  EXPECT_THAT(told("a: " + std::string(150, '[') + std::string(150, ']')),
              StartsWith("w.yaml:1:103: error: lists and maps are nested deeper than 100 levels\n"));
}

TEST(Parse, EndlessNestingIsTold) {
  EXPECT_THAT(told("a: " + std::string(200000, '[')), HasSubstr("nested deeper than 100 levels\n"));
}

// Nine aliases of nine aliases, seven levels: 9^7 = 4,782,969 values.
TEST(Parse, AliasesThatExplodeAreTold) {
  std::string text = "a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1]\n";
  for (int level = 1; level < 8; ++level) {
    const std::string name = "a" + std::to_string(level), below = "*a" + std::to_string(level - 1);
    text += name + ": &" + name + " [";
    for (int i = 0; i < 9; ++i) text += (i ? ", " : "") + below;
    text += "]\n";
  }
  EXPECT_THAT(told(text), HasSubstr(": error: the file holds more than 1000000 values, aliases counted\n"));
}

TEST(Parse, AliasesShareAMap) {
  const auto workflow =
      loaded("stages:\n  data: {uses: dataset/toy, with: &n {images: 7}}\n  more: {uses: dataset/toy, with: *n}\n");
  EXPECT_EQ(workflow.stages.at(1).params.at("images"), ParamValue(int64_t{7}));
}

TEST(Parse, AliasInsideItselfIsTold) {
  EXPECT_THAT(told("a: &a [*a]\n"), StartsWith("w.yaml:1:8: error: an alias stands inside what it names\n"));
}

TEST(Parse, KeyThatIsAListIsTold) {
  EXPECT_THAT(told(kStart + "[a, b]: 1\n"), HasSubstr("w.yaml:4:1: error: a key must be text, not a list\n"));
}

TEST(Parse, WindowsLineEndsAreTaken) { EXPECT_EQ(told("stages:\r\n  data: {uses: dataset/toy}\r\n"), "no mistake"); }

}  // namespace
}  // namespace hashloom::workflow::test
