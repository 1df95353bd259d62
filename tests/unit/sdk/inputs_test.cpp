#include <ATen/ops/zeros.h>
#include <gtest/gtest.h>

#include <hashloom/roles.hpp>
#include <stdexcept>

namespace hashloom {
namespace {

TrainingInputs training() {
  TrainingInputs in;
  in.images_by_port["images"] = images_in_memory(at::zeros({2, 1, 3, 3}, at::kByte));
  in.features_by_port["gist"] = at::zeros({2, 4});
  in.codes_by_port["codes"] = Codes::pack(at::zeros({2, 8}, at::kBool));
  return in;
}

TEST(TrainingInputs, AreReadByPort) {
  const auto in = training();
  EXPECT_EQ(in.images().size(), 2);
  EXPECT_EQ(in.features("gist").size(1), 4);
  EXPECT_EQ(in.codes().bits(), 8);
}

TEST(TrainingInputs, TellWhichPortsAreWired) {
  EXPECT_TRUE(training().has("gist"));
  EXPECT_TRUE(training().has("images"));
  EXPECT_FALSE(training().has("generator"));
}

TEST(TrainingInputs, RefuseAPortThatIsNotWired) {
  EXPECT_THROW(training().generator(), std::logic_error);
  EXPECT_THROW(training().features(), std::logic_error);
  EXPECT_THROW(training().codes("gist"), std::logic_error);
}

TEST(EvaluationInputs, HoldEverySplitAndLabels) {
  EvaluationInputs in;
  in.labels_by_port["labels"] = {at::zeros({1}, at::kInt), at::zeros({2}, at::kInt), at::zeros({3}, at::kInt)};
  EXPECT_EQ(in.labels().query.size(0), 2);
  EXPECT_TRUE(in.has("labels"));
  EXPECT_THROW(in.codes(), std::logic_error);
}

}  // namespace
}  // namespace hashloom
