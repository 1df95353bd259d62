#include <gtest/gtest.h>

#include <dashboard/model/csv.hpp>

using namespace hashloom;

TEST(Csv, HasAHeaderAndALineARow) {
  const report::Table table{{{"run", "Run"}, {"value", "Value, %", true}},
                            {{std::string("a"), 0.25}, {std::string("b"), {}}}};
  EXPECT_EQ(dash::csv(table), "run,value\r\na,0.25\r\nb,\r\n");
}

TEST(Csv, QuotesWhatWouldEndACell) {
  const report::Table table{{{"text", "text"}}, {{std::string("a,\"b\"\nc")}}};
  EXPECT_EQ(dash::csv(table), "text\r\n\"a,\"\"b\"\"\nc\"\r\n");
}

TEST(Csv, FiguresKeepTheirDigits) {
  const report::Table table{{{"x", "x"}}, {{0.1}, {int64_t{1234567}}}};
  EXPECT_EQ(dash::csv(table), "x\r\n0.1\r\n1234567\r\n");
}
