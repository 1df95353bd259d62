#include <fmt/format.h>
#include <gmock/gmock.h>

#include <events/reader.hpp>

#include "run_in_test.hpp"

namespace hashloom::test {
namespace {

using ::testing::HasSubstr;

std::string with_hasher(const std::string& hasher) {
  return fmt::format(R"(
name: failing
stages:
  data: {{uses: dataset/small}}
  pixel: {{uses: feature/pixel, in: {{images: data.images}}}}
  start: {{uses: {}, in: {{features: pixel.features}}}}
)",
                     hasher);
}

std::string with_network(const std::string& network) {
  return fmt::format(R"(
name: failing
stages:
  data: {{uses: dataset/small}}
  pixel: {{uses: feature/pixel, in: {{images: data.images}}}}
  start: {{uses: hasher/lsh, in: {{features: pixel.features}}, with: {{bits: 8}}}}
  pgh:
    loop: {{carry: {{codes: start.codes}}, next: {{codes: network.codes}}, rounds: 2}}
    stages:
      gan: {{uses: generator/wrong-size, in: {{images: data.images, codes: pgh.codes}}}}
      network: {{uses: {}, in: {{images: data.images, codes: pgh.codes, generator: gan.generator}}}}
)",
                     network);
}

TEST(Failure, NamesStageComponentAndShapes) {
  const TemporaryFolder folder;
  const auto failure = failure_of(made_run(folder, with_hasher("hasher/throws-in-fit")));
  EXPECT_STREQ(failure.what(), "stage 'start' (hasher/throws-in-fit 1.0.0): the fit went wrong");
  EXPECT_THAT(failure.details(), HasSubstr("features: train [200, 64] float32 on cpu"));
  EXPECT_FALSE(failure.users_mistake());
}

TEST(Failure, IsToldForWhatIsNoException) {
  const TemporaryFolder folder;
  EXPECT_THAT(failure_of(made_run(folder, with_hasher("hasher/throws-int"))).what(), HasSubstr("no std::exception"));
}

TEST(Failure, ShowsLibTorchsMessageWithoutItsBacktrace) {
  const TemporaryFolder folder;
  const std::string what = failure_of(made_run(folder, with_hasher("hasher/fails-in-libtorch"))).what();
  EXPECT_THAT(what, HasSubstr("200x64"));
  EXPECT_EQ(what.find("frame #"), std::string::npos);
}

TEST(Failure, NamesRoundAndEpochAndKeepsTheRemedy) {
  const TemporaryFolder folder;
  const auto failure = failure_of(made_run(folder, with_network("network/throws-in-epoch")));
  EXPECT_THAT(failure.what(), HasSubstr("stage 'network', round 1, epoch 2 (network/throws-in-epoch 1.0.0)"));
  EXPECT_EQ(failure.remedy(), "try a smaller learning_rate (now 1)");
}

TEST(Failure, IsRecordedAfterEverythingThatCameBefore) {
  const TemporaryFolder folder;
  const auto run = made_run(folder, with_network("network/throws-in-epoch"));
  failure_of(run);
  const auto events = events::read(run);
  ASSERT_GE(events.size(), 3u);
  EXPECT_EQ(events.back()["kind"], "end");
  EXPECT_EQ(events.back()["state"], "failed");
  EXPECT_EQ(events[events.size() - 2]["kind"], "error");
  EXPECT_EQ(events::state_of(run), events::RunState::failed);
}

TEST(Failure, SaysWhichFeaturesHaveTheWrongShape) {
  const TemporaryFolder folder;
  const auto run = made_run(folder, R"(
name: failing
stages:
  data: {uses: dataset/small}
  less: {uses: feature/too-few-rows, in: {images: data.images}}
)");
  EXPECT_THAT(failure_of(run).what(), HasSubstr("feature/too-few-rows gives features [199, 64] float32 on cpu"));
}

TEST(Failure, SaysWhichBitsHaveTheWrongType) {
  const TemporaryFolder folder;
  EXPECT_THAT(failure_of(made_run(folder, with_hasher("hasher/wrong-type"))).what(),
              HasSubstr("hasher/wrong-type gives bits [200, 8] float32 on cpu"));
}

TEST(Failure, SaysWhichSamplesHaveTheWrongSize) {
  const TemporaryFolder folder;
  EXPECT_THAT(failure_of(made_run(folder, with_network("network/other-length"))).what(),
              HasSubstr("generator/wrong-size draws images [2, 1, 4, 8] float32 on cpu; float32 [2, 1, 8, 8]"));
}

TEST(Failure, IsToldForAFolderThatIsNoRun) {
  const TemporaryFolder folder;
  EXPECT_THROW(run(folder.path()), DataError);
}

}  // namespace
}  // namespace hashloom::test
