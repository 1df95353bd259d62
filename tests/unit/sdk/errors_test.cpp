#include <gtest/gtest.h>

#include <hashloom/errors.hpp>

namespace hashloom {
namespace {

TEST(Error, KeepsWhatAndRemedyApart) {
  const DataError error("images.gz is truncated", "fetch it again");
  EXPECT_STREQ(error.what(), "images.gz is truncated");
  EXPECT_EQ(error.remedy(), "fetch it again");
  EXPECT_EQ(ShapeError("x").remedy(), "");
}

TEST(Error, OfEveryKindIsCaughtAsError) {
  EXPECT_THROW(throw ShapeError(""), Error);
  EXPECT_THROW(throw ParameterError(""), Error);
  EXPECT_THROW(throw DataError(""), Error);
  EXPECT_THROW(throw TrainingError(""), Error);
  EXPECT_THROW(throw Stopped(""), Error);
}

}  // namespace
}  // namespace hashloom
