#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <hashloom/plugin.hpp>

namespace hashloom {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> names(const std::vector<PortSpec>& ports) {
  std::vector<std::string> all;
  for (const auto& port : ports) all.push_back(port.name + ":" + port.type);
  return all;
}

std::vector<std::string> inputs_of(const std::string& role) {
  return names(with_usual_ports(Schema(""), role).inputs());
}
std::vector<std::string> outputs_of(const std::string& role) {
  return names(with_usual_ports(Schema(""), role).outputs());
}

TEST(UsualPorts, AreThoseOfTheRole) {
  EXPECT_THAT(inputs_of("dataset"), IsEmpty());
  EXPECT_THAT(outputs_of("dataset"), ElementsAre("images:images", "labels:labels"));
  EXPECT_THAT(inputs_of("feature"), ElementsAre("images:images"));
  EXPECT_THAT(outputs_of("feature"), ElementsAre("features:features"));
  EXPECT_THAT(inputs_of("hasher"), ElementsAre("features:features"));
  EXPECT_THAT(outputs_of("hasher"), ElementsAre("codes:codes"));
  EXPECT_THAT(inputs_of("generator"), ElementsAre("images:images", "codes:codes"));
  EXPECT_THAT(outputs_of("generator"), ElementsAre("generator:generator"));
  EXPECT_THAT(inputs_of("network"), ElementsAre("images:images", "codes:codes", "generator:generator"));
  EXPECT_THAT(outputs_of("network"), ElementsAre("codes:codes"));
}

TEST(UsualPorts, OfAnEvaluatorAreItsOwn) {
  EXPECT_THAT(inputs_of("evaluator"), IsEmpty());
  EXPECT_THAT(outputs_of("evaluator"), IsEmpty());
}

TEST(UsualPorts, GiveWayToInputsThatTheSchemaDeclares) {
  const Schema schema = with_usual_ports(Schema("").input("x", port::kFeatures, Need::repeated, ""), "network");
  EXPECT_THAT(names(schema.inputs()), ElementsAre("x:features"));
  EXPECT_THAT(names(schema.outputs()), ElementsAre("codes:codes"));
}

TEST(UsualPorts, RefuseARoleThatDoesNotExist) { EXPECT_THROW(with_usual_ports(Schema(""), "hash"), std::logic_error); }

}  // namespace
}  // namespace hashloom
