#include <ATen/ops/equal.h>
#include <gmock/gmock.h>
#include <png.h>
#include <turbojpeg.h>

#include <array>
#include <plugin_under_test.hpp>
#include <temporary_folder.hpp>

namespace hashloom::test {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr int kSide = 4;

/// A PNG of one grey everywhere.
void write_png(const fs::path& file, uint8_t grey) {
  fs::create_directories(file.parent_path());
  const std::vector<uint8_t> pixels(kSide * kSide, grey);
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = image.height = kSide;
  image.format = PNG_FORMAT_GRAY;
  ASSERT_TRUE(png_image_write_to_file(&image, file.c_str(), 0, pixels.data(), 0, nullptr));
}

/// A JPEG of one colour everywhere.
void write_jpeg(const fs::path& file, std::array<uint8_t, 3> colour) {
  fs::create_directories(file.parent_path());
  std::vector<uint8_t> pixels;
  for (int i = 0; i < 8 * 8; ++i) pixels.insert(pixels.end(), colour.begin(), colour.end());
  const tjhandle encoder = tjInitCompress();
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  ASSERT_EQ(tjCompress2(encoder, pixels.data(), 8, 0, 8, TJPF_RGB, &bytes, &size, TJSAMP_444, 100, 0), 0);
  write_text(file, std::string(reinterpret_cast<char*>(bytes), size));
  tjFree(bytes);
  tjDestroy(encoder);
}

/// Two classes, cats and dogs: three training pictures each, of greys 1, 2, 3 and 11, 12, 13, and two to test with.
class Folder {
 public:
  Folder() {
    for (const auto& [name, grey] : {std::pair{"cats", 0}, std::pair{"dogs", 10}}) {
      for (int i = 1; i <= 3; ++i) write_png(file("train", name, i), grey + i);
      for (int i = 1; i <= 2; ++i) write_png(file("test", name, i), 100 + grey + i);
    }
  }
  fs::path file(const std::string& split, const std::string& name, int i) const {
    return folder_.path() / split / name / ("000" + std::to_string(i) + ".png");
  }
  std::string dir() const { return folder_.path().string(); }

 private:
  TemporaryFolder folder_;
};

Instance loaded(const std::string& dir, std::map<std::string, ParamValue> values = {}) {
  values.insert({{"dir", dir}, {"side", int64_t{kSide}}, {"colour", false}, {"queries_per_class", int64_t{1}}});
  Instance data = make("image_folder", "dataset/image-folder", values);
  RecordingContext run;
  data.dataset->load(run);
  return data;
}

std::vector<int> greys(const Images& images) {
  const Tensor pixels = images.read(0, images.size());
  std::vector<int> first;
  for (int64_t i = 0; i < images.size(); ++i) first.push_back(pixels[i][0][0][0].item<int>());
  return first;
}

std::vector<int> values(const Tensor& labels) {
  return {labels.const_data_ptr<int>(), labels.const_data_ptr<int>() + labels.numel()};
}

}  // namespace

TEST(ImageFolder, ClassesAreFoldersAndTakeTurns) {
  const Folder folder;
  const auto data = loaded(folder.dir());
  EXPECT_THAT(greys(*data.dataset->images().train), ElementsAre(1, 11, 2, 12, 3, 13));
  EXPECT_THAT(values(data.dataset->labels().train), ElementsAre(0, 1, 0, 1, 0, 1));
  EXPECT_THAT(greys(*data.dataset->images().query), ElementsAre(101, 111));
}

TEST(ImageFolder, ValidationTakesTrainingPicturesAndNeedsNoTest) {
  const Folder folder;
  fs::remove_all(fs::path(folder.dir()) / "test");
  const auto data = loaded(folder.dir(), {{"validation", int64_t{2}}});
  EXPECT_THAT(greys(*data.dataset->images().query), ElementsAre(3, 13));
  EXPECT_THAT(greys(*data.dataset->images().train), ElementsAre(1, 11, 2, 12));
}

TEST(ImageFolder, ReadsJpegInColourAndScalesIt) {
  const TemporaryFolder folder;
  write_jpeg(folder / "train/red/a.jpg", {255, 0, 0});
  write_jpeg(folder / "train/blue/a.JPEG", {0, 0, 255});
  write_jpeg(folder / "test/red/a.jpg", {255, 0, 0});
  write_jpeg(folder / "test/blue/a.jpg", {0, 0, 255});
  const auto data = loaded(folder.path().string(), {{"colour", true}});
  const Tensor train = data.dataset->images().train->read(0, 2).to(at::kInt);
  EXPECT_EQ(train.sizes(), (at::IntArrayRef{2, 3, kSide, kSide}));
  EXPECT_GT(train[1][0].min().item<int>(), 250);  // blue stands before red: its name is a.JPEG
  EXPECT_LT(train[1][2].max().item<int>(), 5);
  EXPECT_GT(train[0][2].min().item<int>(), 250);
}

TEST(ImageFolder, SaysWhichPictureIsDamaged) {
  const Folder folder;
  write_text(folder.file("train", "cats", 2), "no picture");
  try {
    loaded(folder.dir());
    FAIL();
  } catch (const DataError& error) {
    EXPECT_THAT(error.what(), HasSubstr("train/cats/0002.png: it is neither PNG nor JPEG"));
  }
}

TEST(ImageFolder, SaysHowTheFolderIsLaidOut) {
  const TemporaryFolder folder;
  fs::create_directories(folder / "train");
  for (const auto& dir : {folder.path(), folder / "nowhere"}) try {
      loaded(dir.string());
      FAIL();
    } catch (const DataError& error) {
      EXPECT_THAT(error.remedy(), HasSubstr("DIR/train/CLASS/NAME.jpg"));
    }
  EXPECT_THROW(loaded(""), DataError);
}

}  // namespace hashloom::test
