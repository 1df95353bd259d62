#include <gmock/gmock.h>

#include <plugin_under_test.hpp>

#include "idx_files.hpp"

namespace hashloom::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;

const std::string kImages = "train-images-idx3-ubyte", kLabels = "train-labels-idx1-ubyte";

/// What load() throws as an E: its text and its remedy.
template <class E>
std::string refusal(const TinyMnist& files, std::map<std::string, ParamValue> params = {}) {
  RecordingContext run;
  try {
    mnist(files, std::move(params)).dataset->load(run);
  } catch (const E& e) {
    return std::string(e.what()) + " | " + e.remedy();
  }
  return "not refused";
}

TEST(IdxBadFiles, MissingFileIsNamedWithTheWayToGetIt) {
  const TinyMnist files;
  files.remove(kLabels);
  EXPECT_THAT(refusal<DataError>(files), AllOf(HasSubstr((files.dir() / kLabels).string()), HasSubstr("missing"),
                                               HasSubstr("hashloom fetch mnist")));
}

TEST(IdxBadFiles, MissingFashionMnistNamesItsPackage) {
  const auto data = make("idx", "dataset/fashion-mnist", {{"dir", std::string("/nowhere")}});
  try {
    data.dataset->files();
    FAIL() << "not refused";
  } catch (const DataError& e) {
    EXPECT_THAT(e.remedy(), HasSubstr("apt install dataset-fashion-mnist"));
  }
}

TEST(IdxBadFiles, FolderInPlaceOfAFileIsRefused) {
  const TinyMnist files;
  files.remove(kImages);
  std::filesystem::create_directory(files.dir() / kImages);
  EXPECT_THAT(refusal<DataError>(files), AllOf(HasSubstr(kImages), HasSubstr("cannot be read")));
}

TEST(IdxBadFiles, TruncatedPlainFileSaysWhatItHolds) {
  const TinyMnist files;
  files.write(kImages, files.read(kImages).substr(0, 100));
  EXPECT_THAT(refusal<DataError>(files), AllOf(HasSubstr(kImages), HasSubstr("truncated"), HasSubstr("40 x 2 x 3"),
                                               HasSubstr("100"), HasSubstr("hashloom fetch")));
}

TEST(IdxBadFiles, TruncatedGzipIsRefused) {
  const TinyMnist files(TinyMnist::As::gzip);
  const auto whole = files.read(kImages + ".gz");
  files.write(kImages + ".gz", whole.substr(0, whole.size() / 2));
  EXPECT_THAT(refusal<DataError>(files), AllOf(HasSubstr(kImages + ".gz"), HasSubstr("truncated")));
}

TEST(IdxBadFiles, GzipWithoutItsChecksumIsRefused) {
  const TinyMnist files(TinyMnist::As::gzip);
  const auto whole = files.read(kImages + ".gz");
  files.write(kImages + ".gz", whole.substr(0, whole.size() - 8));
  EXPECT_THAT(refusal<DataError>(files), HasSubstr("truncated"));
}

TEST(IdxBadFiles, GzipWithAWrongChecksumIsRefused) {
  const TinyMnist files(TinyMnist::As::gzip);
  auto bytes = files.read(kImages + ".gz");
  bytes[bytes.size() - 8] ^= 1;
  files.write(kImages + ".gz", bytes);
  EXPECT_THAT(refusal<DataError>(files), AllOf(HasSubstr("damaged"), HasSubstr("hashloom fetch")));
}

TEST(IdxBadFiles, PlainFileNamedGzipIsRefused) {
  const TinyMnist files;
  files.write(kImages + ".gz", files.read(kImages));
  EXPECT_THAT(refusal<DataError>(files), AllOf(HasSubstr(kImages + ".gz"), HasSubstr("not gzip")));
}

TEST(IdxBadFiles, EmptyFileIsRefused) {
  const TinyMnist files;
  files.write(kImages, "");
  EXPECT_THAT(refusal<DataError>(files), AllOf(HasSubstr(kImages), HasSubstr("ends within its header")));
}

TEST(IdxBadFiles, AnotherMagicSaysWhatWasFoundAndExpected) {
  const TinyMnist files;
  files.write(kImages, files.read(kLabels));
  EXPECT_THAT(refusal<DataError>(files), AllOf(HasSubstr("0x00000801"), HasSubstr("0x00000803")));
}

TEST(IdxBadFiles, HugeCountsAreRefusedBeforeMemoryIsTaken) {
  const TinyMnist files;
  files.write(kImages, idx(0x803, {0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF}, "x"));
  EXPECT_THAT(refusal<DataError>(files), AllOf(HasSubstr("4294967295 x 4294967295 x 4294967295"), HasSubstr("17")));
}

TEST(IdxBadFiles, HugeCountsInGzipAreRefusedBeforeMemoryIsTaken) {
  const TinyMnist files(TinyMnist::As::gzip);
  files.write_gzip(kImages + ".gz", idx(0x803, {0x10000000, 28, 28}, "x"));
  EXPECT_THAT(refusal<DataError>(files), AllOf(HasSubstr("268435456 x 28 x 28"), HasSubstr("at most")));
}

TEST(IdxBadFiles, NoImagesOfAHugeSizeAreRefused) {
  const TinyMnist files;
  files.write(kImages, idx(0x803, {0, 0xF8F9FFFF, 0xF5000102}, ""));
  EXPECT_THAT(refusal<DataError>(files), HasSubstr("0 x 4177133567 x 4110418178"));
}

TEST(IdxBadFiles, BytesBeyondTheEndAreRefused) {
  const TinyMnist files;
  files.write(kLabels, files.read(kLabels) + "x");
  EXPECT_THAT(refusal<DataError>(files), AllOf(HasSubstr(kLabels), HasSubstr("longer than its header says")));
}

TEST(IdxBadFiles, CountsThatDisagreeAreBothTold) {
  const TinyMnist files;
  files.write(kLabels, idx(0x801, {2}, std::string("\1\2")));
  EXPECT_THAT(refusal<DataError>(files), AllOf(HasSubstr("40 images"), HasSubstr("2 labels")));
}

TEST(IdxBadFiles, NoImagesAreRefused) {
  const TinyMnist files;
  files.write(kImages, idx(0x803, {0, 2, 3}, ""));
  files.write(kLabels, idx(0x801, {0}, ""));
  EXPECT_THAT(refusal<DataError>(files), HasSubstr("no images"));
}

TEST(IdxBadFiles, LabelOutOfRangeIsToldWithItsPlace) {
  const TinyMnist files;
  auto bytes = files.read(kLabels);
  bytes[8 + 7] = 10;
  files.write(kLabels, bytes);
  EXPECT_THAT(refusal<DataError>(files), AllOf(HasSubstr(kLabels), HasSubstr("label 7 is 10"), HasSubstr("0 to 9")));
}

TEST(IdxBadFiles, TestImagesOfAnotherSizeAreRefused) {
  const TinyMnist files;
  files.write("t10k-images-idx3-ubyte", idx(0x803, {30, 3, 2}, std::string(180, 'x')));
  EXPECT_THAT(refusal<DataError>(files), AllOf(HasSubstr("[40, 1, 2, 3]"), HasSubstr("[30, 1, 3, 2]")));
}

TEST(IdxBadFiles, MoreImagesThanThereAreIsTheParametersMistake) {
  const TinyMnist files;
  EXPECT_THAT(refusal<ParameterError>(files, {{"images", int64_t{41}}}),
              AllOf(HasSubstr("41"), HasSubstr("at most 40")));
}

TEST(IdxBadFiles, MoreQueriesThanAClassHasIsTheParametersMistake) {
  const TinyMnist files;
  EXPECT_THAT(refusal<ParameterError>(files, {{"queries_per_class", int64_t{4}}}),
              AllOf(HasSubstr("class 0 has 3"), HasSubstr("queries_per_class")));
}

}  // namespace
}  // namespace hashloom::test
