#include <ATen/ops/allclose.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/equal.h>
#include <ATen/ops/full.h>
#include <ATen/ops/tensor.h>
#include <gmock/gmock.h>
#include <png.h>
#include <turbojpeg.h>

#include <fstream>
#include <hashloom/errors.hpp>
#include <pictures/picture.hpp>

namespace hashloom::pictures {
namespace {

using testing::HasSubstr;

/// A file in a folder that is removed at the end.
class PictureFile : public testing::Test {
 protected:
  void TearDown() override { std::filesystem::remove(file_); }

  void put(const std::string& bytes) { std::ofstream(file_, std::ios::binary) << bytes; }

  /// pixels: `format`'s channels, height x width.
  void put_png(const std::vector<uint8_t>& pixels, int height, int width, uint32_t format) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(width);
    image.height = static_cast<png_uint_32>(height);
    image.format = format;
    ASSERT_TRUE(png_image_write_to_file(&image, file_.c_str(), 0, pixels.data(), 0, nullptr)) << image.message;
  }

  void put_jpeg(const std::vector<uint8_t>& pixels, int height, int width, int format, int sampling) {
    unsigned char* bytes = nullptr;
    unsigned long size = 0;
    const auto encoder = tjInitCompress();
    ASSERT_EQ(tjCompress2(encoder, pixels.data(), width, 0, height, format, &bytes, &size, sampling, 100, 0), 0);
    put({reinterpret_cast<const char*>(bytes), size});
    tjFree(bytes);
    tjDestroy(encoder);
  }

  std::string failure() { return failure_of(file_); }

  static std::string failure_of(const std::filesystem::path& file) {
    try {
      read_picture(file);
    } catch (const DataError& error) {
      return error.what();
    }
    return "it was read";
  }

  std::filesystem::path file_ =
      std::filesystem::temp_directory_path() / ("hashloom-picture-" + std::to_string(getpid()));
};

Tensor pixels(std::vector<int> values, std::vector<int64_t> shape) { return at::tensor(values, at::kByte).view(shape); }

TEST_F(PictureFile, GreyPngKeepsItsPixels) {
  put_png({0, 1, 127, 128, 254, 255}, 2, 3, PNG_FORMAT_GRAY);
  EXPECT_TRUE(at::equal(read_picture(file_), pixels({0, 1, 127, 128, 254, 255}, {1, 2, 3})));
}

TEST_F(PictureFile, ColouredPngHasChannelsFirst) {
  put_png({10, 20, 30, 40, 50, 60}, 1, 2, PNG_FORMAT_RGB);
  EXPECT_TRUE(at::equal(read_picture(file_), pixels({10, 40, 20, 50, 30, 60}, {3, 1, 2})));
}

TEST_F(PictureFile, WhatIsTransparentLiesOnBlack) {
  put_png({200, 100, 50, 0, 200, 100, 50, 255}, 1, 2, PNG_FORMAT_RGBA);
  EXPECT_TRUE(at::equal(read_picture(file_), pixels({0, 200, 0, 100, 0, 50}, {3, 1, 2})));
}

TEST_F(PictureFile, SixteenBitsBecomeEightWithoutAnotherGamma) {
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop info = png_create_info_struct(png);
  FILE* out = std::fopen(file_.c_str(), "wb");
  png_init_io(png, out);
  png_set_IHDR(png, info, 2, 1, 16, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
               PNG_FILTER_TYPE_DEFAULT);
  png_write_info(png, info);
  const unsigned char row[] = {0x40, 0x40, 0xFF, 0xFF};
  png_write_row(png, row);
  png_write_end(png, nullptr);
  png_destroy_write_struct(&png, &info);
  std::fclose(out);
  EXPECT_TRUE(at::equal(read_picture(file_), pixels({0x40, 0xFF}, {1, 1, 2})));
}

TEST_F(PictureFile, JpegOfOneColourIsThatColour) {
  std::vector<uint8_t> red;
  for (int i = 0; i < 16 * 24; ++i) red.insert(red.end(), {200, 30, 60});
  put_jpeg(red, 16, 24, TJPF_RGB, TJSAMP_420);
  const Tensor read = read_picture(file_);
  EXPECT_EQ(read.sizes(), at::IntArrayRef({3, 16, 24}));
  const Tensor expected = at::tensor({200, 30, 60}, at::kInt).view({3, 1, 1});
  EXPECT_LE((read.to(at::kInt) - expected).abs().max().item<int>(), 2);
}

TEST_F(PictureFile, GreyJpegHasOneChannel) {
  put_jpeg(std::vector<uint8_t>(64, 77), 8, 8, TJPF_GRAY, TJSAMP_GRAY);
  EXPECT_TRUE(at::equal(read_picture(file_), at::full({1, 8, 8}, 77, at::kByte)));
}

TEST_F(PictureFile, ThatIsCutShortIsRefused) {
  std::vector<uint8_t> noise;
  for (int i = 0; i < 3 * 64 * 64; ++i) noise.push_back(static_cast<uint8_t>(i * 7919 % 251));
  const auto cut = [this] { std::filesystem::resize_file(file_, std::filesystem::file_size(file_) * 2 / 3); };
  put_png(noise, 64, 64, PNG_FORMAT_RGB);
  cut();
  EXPECT_THAT(failure(), HasSubstr("libpng"));
  put_jpeg(noise, 64, 64, TJPF_RGB, TJSAMP_444);
  cut();
  EXPECT_THAT(failure(), HasSubstr("libjpeg"));
}

TEST_F(PictureFile, OfAnotherKindIsRefused) {
  put("GIF89a");
  EXPECT_EQ(failure(), "it is neither PNG nor JPEG");
  put("");
  EXPECT_EQ(failure(), "it is empty");
  EXPECT_EQ(failure_of("/proc/nowhere"), "it can't be read");
  EXPECT_EQ(failure_of(file_.parent_path()), "it can't be read");
}

TEST_F(PictureFile, ThatClaimsToBeHugeIsRefusedBeforeItTakesMemory) {
  put_png({0}, 1, 1, PNG_FORMAT_GRAY);
  std::fstream bytes(file_, std::ios::binary | std::ios::in | std::ios::out);
  const unsigned char width_and_height[] = {0, 0x0F, 0x42, 0x40, 0, 0x0F, 0x42, 0x40};  // a million
  bytes.seekp(16);
  bytes.write(reinterpret_cast<const char*>(width_and_height), 8);
  const unsigned char checksum[] = {0x79, 0x06, 0x67, 0xA1};
  bytes.seekp(29);
  bytes.write(reinterpret_cast<const char*>(checksum), 4);
  bytes.close();
  EXPECT_THAT(failure(), HasSubstr("1000000 x 1000000"));
}

TEST(Fitted, LeavesAPictureThatFits) {
  const Tensor picture = at::arange(12, at::kByte).view({1, 3, 4});
  EXPECT_TRUE(fitted(picture, {1, 3, 4}).is_same(picture));
}

TEST(Fitted, MakesGreyOfColoursByTheirLuminance) {
  const Tensor colours = pixels({255, 0, 0, 0, 255, 0, 0, 0, 255}, {3, 1, 3});
  EXPECT_TRUE(at::equal(fitted(colours, {1, 1, 3}), pixels({76, 150, 29}, {1, 1, 3})));
}

TEST(Fitted, MakesThreeEqualChannelsOfGrey) {
  EXPECT_TRUE(at::equal(fitted(pixels({7, 9}, {1, 1, 2}), {3, 1, 2}), pixels({7, 9, 7, 9, 7, 9}, {3, 1, 2})));
}

TEST(Fitted, ShrinksByMeansAndNotByLeavingPixelsOut) {
  const Tensor stripes = pixels({0, 200, 0, 200, 0, 200, 0, 200}, {1, 1, 8}).expand({1, 8, 8});
  const Tensor small = fitted(stripes, {1, 2, 2}).to(at::kInt);
  EXPECT_LE((small - 100).abs().max().item<int>(), 15);
}

TEST(Fitted, CropsTheMiddleWhereTheDataSetSaysSo) {
  const Tensor wide = pixels({1, 1, 5, 6, 9, 9, 1, 1, 7, 8, 9, 9}, {1, 2, 6});
  EXPECT_TRUE(at::equal(fitted(wide, {1, 2, 2, "crop"}), pixels({5, 6, 7, 8}, {1, 2, 2})));
}

}  // namespace
}  // namespace hashloom::pictures
