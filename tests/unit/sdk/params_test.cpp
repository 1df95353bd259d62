#include <gtest/gtest.h>

#include <hashloom/params.hpp>
#include <stdexcept>

namespace hashloom {
namespace {

Params all_types() {
  return Params({{"flag", true},
                 {"integer", int64_t{32}},
                 {"number", 0.5},
                 {"text", std::string("pixel")},
                 {"integers", std::vector<int64_t>{8, 4}},
                 {"numbers", std::vector<double>{0.25}},
                 {"texts", std::vector<std::string>{"a", "b"}}});
}

TEST(Params, ReadsEachType) {
  const Params p = all_types();
  EXPECT_TRUE(p.flag("flag"));
  EXPECT_EQ(p.integer("integer"), 32);
  EXPECT_EQ(p.number("number"), 0.5);
  EXPECT_EQ(p.text("text"), "pixel");
  EXPECT_EQ(p.integers("integers"), (std::vector<int64_t>{8, 4}));
  EXPECT_EQ(p.numbers("numbers"), std::vector<double>{0.25});
  EXPECT_EQ(p.texts("texts"), (std::vector<std::string>{"a", "b"}));
}

TEST(Params, RefusesAnUnknownName) { EXPECT_THROW(all_types().integer("bits"), std::logic_error); }

TEST(Params, RefusesAnotherType) {
  EXPECT_THROW(all_types().number("integer"), std::logic_error);
  EXPECT_THROW(all_types().integer("flag"), std::logic_error);
  EXPECT_THROW(all_types().texts("text"), std::logic_error);
}

}  // namespace
}  // namespace hashloom
