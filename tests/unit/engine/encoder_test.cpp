#include <ATen/ops/equal.h>
#include <gmock/gmock.h>

#include <cstdlib>
#include <encoder/model.hpp>
#include <encoder/stages.hpp>
#include <events/npy.hpp>
#include <events/reader.hpp>
#include <fstream>

#include "run_in_test.hpp"

namespace hashloom::test {
namespace {

using testing::HasSubstr;

const char* const kShallow = R"(
name: shallow
stages:
  data: {uses: dataset/small}
  pixel: {uses: feature/pixel, in: {images: data.images}}
  start: {uses: hasher/lsh, in: {features: pixel.features}, with: {bits: 16}}
)";

/// "stage at round: input -> output", one a line.
std::string path_of(const encoder::Model& model) {
  std::string text;
  for (const auto& stage : model.stages)
    text += stage.name + " at " + std::to_string(stage.round) + ": " + stage.input + " -> " + stage.output + "\n";
  return text;
}

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The train codes that the encoder gives for the data set's images, as a blob's name.
std::string encoded(const encoder::Model& model) {
  auto plugins = all_plugins();
  std::vector<Error> mistakes;
  const encoder::Stages stages(model, plugins, mistakes);
  const auto dataset = plugins.get("dataset/small").make(Params({{"images", int64_t{200}}}));
  const auto codes = Codes::pack(stages.bits(dataset.dataset->images().train->read(0, 200)));
  const TemporaryFolder folder;
  Watcher watcher;
  return engine::Recorder(folder.path(), watcher).put_blob(events::npy(codes.words(), codes.items(), 1), "npy");
}

TEST(Encoder, IsTheLoopsLastStageAfterItsLastRound) {
  const TemporaryFolder folder;
  const auto run_folder = made_run(folder, kSlowLoop);
  run(run_folder);
  const auto model = encoder::read_model(run_folder);
  EXPECT_EQ(path_of(model), "network at 3: images -> codes\n");
  EXPECT_EQ(model.codes, "pgh.codes");
  EXPECT_EQ(model.bits, 16);
  EXPECT_EQ(model.images, (ImageSpec{1, 8, 8}));
  EXPECT_EQ(encoded(model), final_codes(run_folder));
}

TEST(Encoder, IsFeatureAndHasherWhereNoLoopIs) {
  const TemporaryFolder folder;
  const auto run_folder = made_run(folder, kShallow);
  run(run_folder);
  const auto model = encoder::read_model(run_folder);
  EXPECT_EQ(path_of(model), "pixel at 0: images -> features\nstart at 0: features -> codes\n");
  EXPECT_EQ(encoded(model), final_codes(run_folder));
}

TEST(Encoder, IsThatOfTheCodesThatTheWorkflowNames) {
  const TemporaryFolder folder;
  const auto run_folder = made_run(folder, std::string(kSlowLoop) + "encoder: start.codes\n");
  run(run_folder);
  EXPECT_THAT(path_of(encoder::read_model(run_folder)), HasSubstr("start at 0"));
}

TEST(Encoder, IsTheSameFromTheCache) {
  for (const auto* yaml : {kSlowLoop, kShallow}) {
    const TemporaryFolder folder;
    const auto first = made_run(folder, yaml), second = made_run(folder, yaml);
    run(first);
    Watcher watcher;
    run(second, watcher);
    for (const auto& event : watcher.events) EXPECT_NE(event["kind"], "progress") << event;
    EXPECT_EQ(bytes_of(first / "encoder/encoder.json"), bytes_of(second / "encoder/encoder.json"));
    EXPECT_EQ(encoded(encoder::read_model(second)), final_codes(first));
  }
}

TEST(Encoder, IsLearnedAgainWhereNoCacheCanBeWritten) {
  const TemporaryFolder folder;
  const auto run_folder = made_run(folder, kShallow);
  setenv("HASHLOOM_CACHE", "/proc/nowhere", 1);
  run(run_folder);
  unsetenv("HASHLOOM_CACHE");
  EXPECT_EQ(encoded(encoder::read_model(run_folder)), final_codes(run_folder));
}

TEST(Encoder, IsSavedByARunThatWasKilledBeforeItsEnd) {
  for (const auto* yaml : {kSlowLoop, kShallow}) {
    const TemporaryFolder folder;
    const auto run_folder = made_run(folder, yaml);
    Watcher watcher([](const nlohmann::json& event) {
      if (event["kind"] == "loop" || (event["kind"] == "codes" && event.contains("stage")))
        throw std::runtime_error("torn off");
    });
    EXPECT_ANY_THROW(run(run_folder, watcher));
    std::filesystem::remove_all(run_folder / "encoder");
    EXPECT_EQ(run(run_folder), engine::Ending::finished);
    EXPECT_EQ(encoded(encoder::read_model(run_folder)), final_codes(run_folder));
  }
}

TEST(Encoder, RecordsTheCodesOfARunWithoutALoopOnce) {
  const TemporaryFolder folder;
  const auto run_folder = made_run(folder, kShallow);
  run(run_folder);
  std::vector<std::string> splits;
  for (const auto& event : events::read(run_folder))
    if (event["kind"] == "codes")
      splits.push_back(event["stage"].get<std::string>() + " " + event["split"].get<std::string>());
  EXPECT_THAT(splits, testing::ElementsAre("start train", "start query"));
}

const char* const kCarriesFeatures = R"(
name: carries
stages:
  data: {uses: dataset/small}
  pixel: {uses: feature/pixel, in: {images: data.images}}
  start: {uses: hasher/lsh, in: {features: pixel.features}, with: {bits: 16}}
  turn:
    loop:
      carry: {codes: start.codes, features: pixel.features}
      next: {codes: again.codes, features: inner.features}
      rounds: 2
    stages:
      inner: {uses: feature/pixel, in: {images: data.images}}
      again: {uses: hasher/lsh, in: {features: turn.features}, with: {bits: 16}}
)";

TEST(Encoder, SaysWhyThereIsNone) {
  const TemporaryFolder folder;
  const auto run_folder = made_run(folder, kCarriesFeatures);
  EXPECT_EQ(run(run_folder), engine::Ending::finished);
  try {
    encoder::read_model(run_folder);
    FAIL();
  } catch (const DataError& error) {
    EXPECT_THAT(error.what(), HasSubstr("'again' reads 'turn.features', which is another in each round"));
    EXPECT_THAT(error.remedy(), HasSubstr("'encoder:'"));
  }
}

TEST(Encoder, ThatIsNamedAndCantEncodeIsAMistakeOfTheWorkflow) {
  const TemporaryFolder folder;
  try {
    made_run(folder, std::string(kCarriesFeatures) + "encoder: turn.codes\n");
    FAIL();
  } catch (const std::runtime_error& mistakes) {
    EXPECT_THAT(mistakes.what(), HasSubstr("workflow.yaml:15:10: error: encoder: 'turn.codes' can't encode pictures: "
                                           "'again' reads 'turn.features'"));
  }
}

TEST(Encoder, KnowsOfARunThatIsNotFinished) {
  const TemporaryFolder folder;
  const auto run_folder = made_run(folder, kShallow);
  try {
    encoder::read_model(run_folder);
    FAIL();
  } catch (const DataError& error) {
    EXPECT_THAT(error.what(), HasSubstr("the run has no encoder yet"));
    EXPECT_THAT(error.remedy(), HasSubstr("hashloom resume"));
  }
}

class PortableEncoder : public testing::Test {
 protected:
  void SetUp() override {
    run(run_);
    encoder::write_portable(file_, encoder::read_model(run_));
  }
  /// How reading the file fails after `text` took its place.
  std::string failure(const std::string& text) {
    std::ofstream(file_, std::ios::binary) << text;
    try {
      encoder::read_model(file_);
    } catch (const DataError& error) {
      return error.what() + std::string("; ") + error.remedy();
    }
    return "it was read";
  }
  TemporaryFolder folder_;
  std::filesystem::path run_ = made_run(folder_, kShallow), file_ = folder_.path() / "model.hloom";
};

TEST_F(PortableEncoder, GivesTheRunsCodesWithoutTheRun) {
  const auto codes = final_codes(run_);
  std::filesystem::remove_all(run_);
  EXPECT_EQ(encoded(encoder::read_model(file_)), codes);
}

TEST_F(PortableEncoder, NoticesACutAndEveryByteThatMatters) {
  const auto whole = bytes_of(file_), first = bytes_of(run_ / "encoder/encoder.json");
  EXPECT_THAT(failure(whole.substr(0, whole.size() / 2)), HasSubstr("cut short"));
  EXPECT_THAT(failure(""), HasSubstr("shorter than a header"));
  for (size_t i = 0; i < whole.size(); i += 7) {
    auto altered = whole;
    altered[i] = static_cast<char>(altered[i] ^ 4);
    if (failure(altered) != "it was read") continue;
    const encoder::Model model = encoder::read_model(file_);
    encoder::save_in_run(folder_.path() / "again", model);
    EXPECT_EQ(bytes_of(folder_.path() / "again/encoder/encoder.json"), first) << "byte " << i;
  }
}

TEST_F(PortableEncoder, OfAnotherKindOrANewerFormatIsRefused) {
  EXPECT_THAT(failure(bytes_of(run_ / "encoder/start.safetensors")), HasSubstr("a tensor file, but no encoder"));
  EXPECT_THAT(failure("PK\x03\x04 some zip archive"), HasSubstr("not a whole tensor file"));
  auto description = bytes_of(run_ / "encoder/encoder.json");
  description.replace(description.find("\"format\": 1"), 11, "\"format\": 2");
  std::ofstream(run_ / "encoder/encoder.json") << description;
  EXPECT_THROW(
      {
        try {
          encoder::read_model(run_);
        } catch (const DataError& error) {
          EXPECT_THAT(error.what(), HasSubstr("it is of format 2, this program reads 1"));
          throw;
        }
      },
      DataError);
}

}  // namespace
}  // namespace hashloom::test
