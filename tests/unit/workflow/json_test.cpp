#include <gtest/gtest.h>

#include "workshop.hpp"

namespace hashloom::workflow::test {
namespace {

TEST(Json, GivesTheWorkflowBack) {
  const auto workflow = loaded(kPgh, {.sets = {"seed=9"}, .profile = "full"});
  EXPECT_EQ(from_json(nlohmann::json::parse(to_json(workflow).dump())), workflow);
}

TEST(Json, KeepsTheTypesOfValues) {
  Workflow workflow;
  workflow.seed = std::numeric_limits<uint64_t>::max();
  workflow.vars = {{"a", 1.0},
                   {"b", int64_t{-1}},
                   {"c", true},
                   {"d", std::string("1")},
                   {"e", std::vector<double>{1.0, 2.0}},
                   {"f", std::vector<int64_t>{1, 2}},
                   {"g", std::vector<std::string>{"1"}},
                   {"h", std::vector<double>{}},
                   {"i", std::vector<int64_t>{}},
                   {"j", std::vector<std::string>{}}};
  EXPECT_EQ(from_json(nlohmann::json::parse(to_json(workflow).dump())), workflow);
}

TEST(Json, OfAnotherKindIsRefused) { EXPECT_THROW(from_json({{"name", 1}}), nlohmann::json::exception); }

}  // namespace
}  // namespace hashloom::workflow::test
