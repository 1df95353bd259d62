#include <ATen/ops/equal.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <plugin_under_test.hpp>

#include "idx_files.hpp"

namespace hashloom::test {
namespace {

using testing::AllOf;
using testing::Each;
using testing::ElementsAre;
using testing::EndsWith;
using testing::Ge;
using testing::Lt;
using testing::SizeIs;

/// The value of each image, which tells which image of the file it is.
std::vector<int> values(const Images& images) {
  const Tensor pixels = images.read(0, images.size());
  std::vector<int> first;
  for (int64_t i = 0; i < images.size(); ++i) first.push_back(pixels[i][0][0][0].item<int>());
  return first;
}

std::vector<int> values(const Tensor& labels) {
  const int* first = labels.const_data_ptr<int>();
  return {first, first + labels.numel()};
}

Instance loaded(const TinyMnist& files, std::map<std::string, ParamValue> params, uint64_t seed = 1) {
  Instance data = mnist(files, std::move(params));
  RecordingContext run(seed);
  data.dataset->load(run);
  return data;
}

std::vector<int> train_values(const TinyMnist& files, int64_t images, uint64_t seed) {
  return values(*loaded(files, {{"images", images}}, seed).dataset->images().train);
}

std::vector<int> query_values(const TinyMnist& files, const std::string& queries, uint64_t seed = 1) {
  return values(*loaded(files, {{"queries", queries}}, seed).dataset->images().query);
}

std::vector<int> count_up(int first, int count) {
  std::vector<int> numbers(count);
  std::iota(numbers.begin(), numbers.end(), first);
  return numbers;
}

TEST(Idx, GivesImagesAndLabelsInTheOrderOfTheFiles) {
  const TinyMnist files;
  const Instance data = loaded(files, {{"queries", std::string("all")}});
  EXPECT_EQ(values(*data.dataset->images().train), count_up(0, 40));
  EXPECT_EQ(values(*data.dataset->images().query), count_up(100, 30));
  EXPECT_EQ(values(data.dataset->labels().train.slice(0, 8, 12)), (std::vector{8, 9, 0, 1}));
}

TEST(Idx, TakesHeightAndWidthFromTheFile) {
  const TinyMnist files;
  EXPECT_EQ(loaded(files, {}).dataset->images().train->spec(), (ImageSpec{1, 2, 3}));
}

TEST(Idx, GzipAndPlainGiveTheSame) {
  const TinyMnist plain(TinyMnist::As::plain), packed(TinyMnist::As::gzip);
  const auto a = loaded(plain, {}).dataset->images(), b = loaded(packed, {}).dataset->images();
  EXPECT_TRUE(at::equal(a.train->read(0, 40), b.train->read(0, 40)));
  EXPECT_TRUE(at::equal(a.query->read(0, 20), b.query->read(0, 20)));
}

TEST(Idx, TrainAndDatabaseAreOneObject) {
  const TinyMnist files;
  const Instance data = loaded(files, {{"images", int64_t{12}}});
  EXPECT_EQ(data.dataset->images().train, data.dataset->images().database);
  EXPECT_TRUE(data.dataset->labels().train.is_same(data.dataset->labels().database));
}

TEST(Idx, SubsetIsAscendingWithoutRepeats) {
  const TinyMnist files;
  const auto some = train_values(files, 12, 1);
  EXPECT_THAT(some, SizeIs(12));
  EXPECT_EQ(std::adjacent_find(some.begin(), some.end(), std::greater_equal<>()), some.end());
}

TEST(Idx, SubsetFollowsTheSeed) {
  const TinyMnist files;
  EXPECT_EQ(train_values(files, 12, 1), train_values(files, 12, 1));
  EXPECT_NE(train_values(files, 12, 1), train_values(files, 12, 2));
}

TEST(Idx, LabelsOfASubsetStayWithTheirImages) {
  const TinyMnist files;
  const Instance data = loaded(files, {{"images", int64_t{12}}});
  auto expected = values(*data.dataset->images().train);
  for (int& value : expected) value %= 10;
  EXPECT_EQ(values(data.dataset->labels().train), expected);
}

TEST(Idx, FirstQueriesAreTheFirstOfEachClassInTestOrder) {
  const TinyMnist files;
  EXPECT_EQ(query_values(files, "first"), count_up(100, 20));
}

TEST(Idx, FirstQueriesSkipThoseOfAClassThatHasEnough) {
  const TinyMnist files;
  std::string labels = {0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9};
  labels.resize(30, '\1');
  files.write("t10k-labels-idx1-ubyte", idx(0x801, {30}, labels));
  auto expected = count_up(100, 2);
  const auto rest = count_up(103, 18);
  expected.insert(expected.end(), rest.begin(), rest.end());
  EXPECT_EQ(query_values(files, "first"), expected);
}

TEST(Idx, RandomQueriesAreAsManyOfEachClass) {
  const TinyMnist files;
  const auto labels = values(loaded(files, {{"queries", std::string("random")}}).dataset->labels().query);
  std::vector<int> counts(10);
  for (const int label : labels) ++counts[label];
  EXPECT_THAT(counts, Each(2));
}

TEST(Idx, RandomQueriesFollowTheSeed) {
  const TinyMnist files;
  EXPECT_EQ(query_values(files, "random", 1), query_values(files, "random", 1));
  EXPECT_NE(query_values(files, "random", 1), query_values(files, "random", 2));
}

TEST(Idx, QueriesAreTestImagesAndTheDatabaseHasNone) {
  const TinyMnist files;
  EXPECT_THAT(query_values(files, "random"), Each(Ge(100)));
  EXPECT_THAT(train_values(files, 0, 1), Each(Lt(100)));
}

TEST(Idx, ValidationQueriesAreTheLastTrainingImagesOfEachClass) {
  const TinyMnist files;
  const Instance data = loaded(files, {{"validation", int64_t{20}}});
  EXPECT_EQ(values(*data.dataset->images().query), count_up(20, 20));
  EXPECT_EQ(values(*data.dataset->images().train), count_up(0, 20));
  EXPECT_EQ(data.dataset->images().train, data.dataset->images().database);
}

TEST(Idx, ValidationTakesAsManyOfEachClass) {
  const TinyMnist files;
  std::string labels;
  for (int i = 0; i < 40; ++i) labels += static_cast<char>(i < 20 ? i % 10 : i < 30 ? 0 : i % 10);
  files.write("train-labels-idx1-ubyte", idx(0x801, {40}, labels));
  const Instance data = loaded(files, {{"validation", int64_t{20}}});
  auto expected = count_up(11, 9);  // the second 1 to 9
  for (const int value : {29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39}) expected.push_back(value);
  EXPECT_EQ(values(*data.dataset->images().query), expected);
}

TEST(Idx, ASubsetNeverHoldsAValidationQuery) {
  const TinyMnist files;
  for (const uint64_t seed : {1, 2, 3}) {
    const Instance data = loaded(files, {{"validation", int64_t{10}}, {"images", int64_t{25}}}, seed);
    EXPECT_THAT(values(*data.dataset->images().train), AllOf(SizeIs(25), Each(Lt(30))));
    EXPECT_EQ(values(data.dataset->labels().query), count_up(0, 10));
  }
}

TEST(Idx, ValidationReadsNoTestImage) {
  const TinyMnist files;
  files.remove("t10k-images-idx3-ubyte");
  files.remove("t10k-labels-idx1-ubyte");
  const Instance data = loaded(files, {{"validation", int64_t{10}}});
  EXPECT_THAT(data.dataset->files(), SizeIs(2));
  EXPECT_EQ(data.dataset->images().query->size(), 10);
}

TEST(Idx, RefusesValidationThatCannotBeMade) {
  const TinyMnist files;
  const auto load = [&](int64_t validation, int64_t images = 0) {
    loaded(files, {{"validation", validation}, {"images", images}});
  };
  EXPECT_THROW(load(15), ParameterError);      // not as many of each class
  EXPECT_THROW(load(50), ParameterError);      // more than there are
  EXPECT_THROW(load(40), ParameterError);      // nothing is left to train on
  EXPECT_THROW(load(10, 31), ParameterError);  // 30 are left
}

TEST(Idx, AsksForNoRandomNumbersUnlessItChooses) {
  const TinyMnist files;
  Instance data = mnist(files);
  RecordingContext used(1), fresh(1);
  data.dataset->load(used);
  EXPECT_EQ(used.draw_seed(), fresh.draw_seed());
}

TEST(Idx, SaysWhatLabelsWereUsedFor) {
  const TinyMnist files;
  const auto use = [&](const std::string& queries) {
    return mnist(files, {{"queries", queries}}).dataset->label_use();
  };
  EXPECT_EQ(use("first"), "queries: the first 2 of each class");
  EXPECT_EQ(use("random"), "queries: 2 random ones of each class");
  EXPECT_EQ(use("all"), "none");
  EXPECT_EQ(mnist(files, {{"validation", int64_t{20}}}).dataset->label_use(),
            "queries: the last 2 of each class of the training images, for validation");
}

TEST(Idx, NamesTheFourFilesAsTheyLie) {
  const TinyMnist files(TinyMnist::As::gzip);
  std::vector<std::string> names;
  for (const auto& file : mnist(files).dataset->files()) names.push_back(file.filename());
  EXPECT_THAT(names, ElementsAre("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz",
                                 "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"));
}

TEST(Idx, LooksForMnistWhereFetchPutsIt) {
  const TinyMnist files;
  const auto home = files.dir() / "hashloom/datasets";
  std::filesystem::create_directories(home);
  std::filesystem::create_symlink(files.dir(), home / "mnist");
  setenv("XDG_DATA_HOME", files.dir().c_str(), 1);
  const auto found = make("idx", "dataset/mnist").dataset->files();
  unsetenv("XDG_DATA_HOME");
  EXPECT_THAT(found.at(0).string(), EndsWith("/hashloom/datasets/mnist/train-images-idx3-ubyte"));
}

}  // namespace
}  // namespace hashloom::test
