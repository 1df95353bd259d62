#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

#include "plugin_under_test.hpp"

namespace hashloom::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// Remembers how epochs() calls the host.
class LoggingContext final : public Context {
 public:
  explicit LoggingContext(int64_t first) : first_(first) {}
  int64_t round() const override { return 0; }
  at::Device device() const override { return at::kCPU; }
  bool bf16() const override { return false; }
  at::Generator random() override { return RecordingContext().random(); }
  void progress(int64_t, int64_t, std::string_view, Losses) override {}
  void metric(std::string_view, double, const MetricStyle&) override {}
  void picture(const Picture&) override {}
  void curve(const Curve&) override {}
  void warn(std::string_view, const std::string&, const std::string&) override {}
  bool stop_requested() const override { return false; }

  std::vector<std::string> log;

 private:
  int64_t first_epoch(int64_t) override { return first_; }
  void note(const char* what, int64_t epoch, int64_t count) {
    log.push_back(what + std::to_string(epoch) + "/" + std::to_string(count));
  }
  void start_epoch(int64_t epoch, int64_t count) override { note("start ", epoch, count); }
  void finish_epoch(int64_t epoch, int64_t count) override { note("finish ", epoch, count); }

  int64_t first_;
};

std::vector<std::string> log_of_epochs(int64_t first, int64_t count) {
  LoggingContext run(first);
  for (const int64_t epoch : run.epochs(count)) run.log.push_back("train " + std::to_string(epoch));
  return run.log;
}

TEST(Context, StartsAndFinishesEachEpoch) {
  EXPECT_THAT(log_of_epochs(1, 2),
              ElementsAre("start 1/2", "train 1", "finish 1/2", "start 2/2", "train 2", "finish 2/2"));
}

TEST(Context, GoesOnAfterTheEpochSavedLast) {
  EXPECT_THAT(log_of_epochs(3, 3), ElementsAre("start 3/3", "train 3", "finish 3/3"));
}

TEST(Context, RunsNoEpochWhereAllAreDone) { EXPECT_THAT(log_of_epochs(4, 3), IsEmpty()); }

TEST(Context, RunsNoEpochWhereNoneIsAskedFor) { EXPECT_THAT(log_of_epochs(1, 0), IsEmpty()); }

TEST(Context, DrawsTheSameNumbersFromTheSameSeed) {
  RecordingContext a(5), b(5), c(6);
  const Tensor normal = a.randn({3, 4});
  EXPECT_TRUE(normal.equal(b.randn({3, 4})));
  EXPECT_FALSE(normal.equal(c.randn({3, 4})));
  EXPECT_EQ(normal.scalar_type(), at::kFloat);
}

TEST(Context, DrawsNewNumbersEachTime) {
  RecordingContext run;
  EXPECT_FALSE(run.randn({8}).equal(run.randn({8})));
  EXPECT_NE(run.draw_seed(), run.draw_seed());
}

TEST(Context, RandIsUniformInTheUnitInterval) {
  RecordingContext run;
  const Tensor x = run.rand({20000});
  EXPECT_GE(x.min().item<float>(), 0);
  EXPECT_LT(x.max().item<float>(), 1);
  EXPECT_NEAR(x.mean().item<float>(), 0.5, 0.01);  // five deviations of sqrt(1/12/20000) = 0.002
}

TEST(Context, RandpermIsAPermutation) {
  RecordingContext run;
  const Tensor order = run.randperm(100);
  EXPECT_EQ(order.scalar_type(), at::kLong);
  std::vector<int64_t> sorted(order.const_data_ptr<int64_t>(), order.const_data_ptr<int64_t>() + 100), expected(100);
  std::ranges::sort(sorted);
  std::iota(expected.begin(), expected.end(), 0);
  EXPECT_EQ(sorted, expected);
}

}  // namespace
}  // namespace hashloom::test
