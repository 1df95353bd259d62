#include <gtest/gtest.h>

#include <cmath>
#include <hashloom/schema.hpp>
#include <stdexcept>

namespace hashloom {
namespace {

template <class T>
std::string objection_to(T fallback, const Bounds& bounds, const ParamValue& value) {
  const Schema schema = Schema("").param("name", fallback, bounds, "");
  return schema.find_param("name")->objection(value).value_or("none");
}

template <class T>
std::string type_of(T fallback) {
  return type_name(Schema("").param("name", fallback, anything(), "").find_param("name")->fallback);
}

TEST(Schema, TakesAParametersTypeFromItsDefault) {
  EXPECT_EQ(type_of(true), "flag");
  EXPECT_EQ(type_of(32), "integer");
  EXPECT_EQ(type_of(0.5), "number");
  EXPECT_EQ(type_of("pixel"), "text");
  EXPECT_EQ(type_of(std::vector<int64_t>{8, 4}), "list of integers");
  EXPECT_EQ(type_of(std::vector<double>{0.5}), "list of numbers");
  EXPECT_EQ(type_of(std::vector<std::string>{"a"}), "list of texts");
}

TEST(Schema, AllowsBothEndsOfTheBounds) {
  EXPECT_EQ(objection_to(8, between(1, 64), int64_t{1}), "none");
  EXPECT_EQ(objection_to(8, between(1, 64), int64_t{64}), "none");
}

TEST(Schema, ObjectsToWhatIsOutOfBounds) {
  EXPECT_EQ(objection_to(8, between(1, 64), int64_t{0}), "0 is below 1");
  EXPECT_EQ(objection_to(8, between(1, 64), int64_t{65}), "65 is above 64");
  EXPECT_EQ(objection_to(0.5, at_least(0), -0.25), "-0.25 is below 0");
}

TEST(Schema, ObjectsToWhatIsNotANumber) { EXPECT_NE(objection_to(0.5, anything(), std::nan("")), "none"); }

TEST(Schema, ObjectsToTextThatIsNoChoice) {
  EXPECT_EQ(objection_to("a", one_of({"a", "b"}), std::string("c")), "'c' is none of: a, b");
  EXPECT_EQ(objection_to("a", one_of({"a", "b"}), std::string("b")), "none");
}

TEST(Schema, ObjectsToANumberThatIsNoChoice) {
  EXPECT_EQ(objection_to(16, one_of({"16", "32"}), int64_t{24}), "24 is none of: 16, 32");
  EXPECT_EQ(objection_to(16, one_of({"16", "32"}), int64_t{32}), "none");
}

TEST(Schema, ChecksEachElementOfAList) {
  EXPECT_EQ(objection_to(std::vector<int64_t>{1}, at_least(1), std::vector<int64_t>{3, 0}), "0 is below 1");
  EXPECT_EQ(objection_to(std::vector<std::string>{}, one_of({"a"}), std::vector<std::string>{"a", "b"}),
            "'b' is none of: a");
}

TEST(Schema, GivesUnitAndTunableToTheParameterAddedLast) {
  const Schema schema =
      Schema("").param("bits", 32, anything(), "").param("rate", 0.5, anything(), "").unit("images").tunable();
  EXPECT_EQ(schema.find_param("rate")->unit, "images");
  EXPECT_TRUE(schema.find_param("rate")->tunable);
  EXPECT_EQ(schema.find_param("bits")->unit, "");
  EXPECT_FALSE(schema.find_param("bits")->tunable);
}

TEST(Schema, FindsNothingUnderAnotherName) {
  const Schema schema = Schema("").param("bits", 32, anything(), "");
  EXPECT_EQ(schema.find_param("bit"), nullptr);
  EXPECT_EQ(schema.find_input("images"), nullptr);
  EXPECT_EQ(schema.find_output("codes"), nullptr);
}

TEST(Schema, RefusesANameThatStandsTwice) {
  Schema schema("");
  schema.param("bits", 32, anything(), "").input("x", port::kImages, Need::required, "").output("y", port::kCodes, "");
  EXPECT_THROW(schema.param("bits", 0.5, anything(), ""), std::logic_error);
  EXPECT_THROW(schema.input("x", port::kCodes, Need::optional, ""), std::logic_error);
  EXPECT_THROW(schema.output("y", port::kCodes, ""), std::logic_error);
}

TEST(Schema, WritesValuesAsAWorkflowWould) {
  EXPECT_EQ(to_text(true), "true");
  EXPECT_EQ(to_text(int64_t{32}), "32");
  EXPECT_EQ(to_text(0.5), "0.5");
  EXPECT_EQ(to_text(std::string("pixel")), "pixel");
  EXPECT_EQ(to_text(std::vector<int64_t>{8, 8, 4}), "[8, 8, 4]");
  EXPECT_EQ(to_text(std::vector<std::string>{}), "[]");
}

}  // namespace
}  // namespace hashloom
