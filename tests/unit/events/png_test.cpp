#include <gtest/gtest.h>
#include <png.h>

#include <events/png.hpp>
#include <stdexcept>

using hashloom::events::png;

namespace {

/// The pixels that libpng reads, as bytes of `format`.
std::vector<uint8_t> decoded(const std::vector<std::byte>& file, png_uint_32 format) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  png_image_begin_read_from_memory(&image, file.data(), file.size());
  image.format = format;
  std::vector<uint8_t> pixels(PNG_IMAGE_SIZE(image));
  png_image_finish_read(&image, nullptr, pixels.data(), 0, nullptr);
  return pixels;
}

}  // namespace

TEST(Png, KeepsGreyPixels) {
  const std::vector<uint8_t> pixels{0, 1, 127, 128, 254, 255};
  EXPECT_EQ(decoded(png(pixels, 3, 2, 1), PNG_FORMAT_GRAY), pixels);
}

TEST(Png, KeepsColours) {
  const std::vector<uint8_t> pixels{255, 0, 0, 0, 255, 0, 0, 0, 255, 1, 2, 3};
  EXPECT_EQ(decoded(png(pixels, 2, 2, 3), PNG_FORMAT_RGB), pixels);
}

TEST(Png, StatesWidthAndHeight) {
  const std::vector<uint8_t> pixels(6);
  const auto file = png(pixels, 3, 2, 1);
  // RFC 2083, 11.2.2: width and height are big-endian in bytes 16 to 23; the last byte of each is enough here.
  EXPECT_EQ(file[19], std::byte{3});
  EXPECT_EQ(file[23], std::byte{2});
}

TEST(Png, GivesTheSameBytesForTheSamePixels) {
  const std::vector<uint8_t> pixels(300, 7);
  EXPECT_EQ(png(pixels, 10, 10, 3), png(pixels, 10, 10, 3));
}

TEST(Png, RefusesSizesThatDoNotFit) {
  const std::vector<uint8_t> pixels(6);
  EXPECT_THROW(png(pixels, 2, 2, 1), std::invalid_argument);
  EXPECT_THROW(png(pixels, 0, 6, 1), std::invalid_argument);
  EXPECT_THROW(png(pixels, -3, -2, 1), std::invalid_argument);
  EXPECT_THROW(png(pixels, 3, 1, 2), std::invalid_argument);
  EXPECT_THROW(png({}, 0, 0, 1), std::invalid_argument);
}

TEST(Png, ReadsWhatItHasWritten) {
  const std::vector<uint8_t> pixels{255, 0, 0, 1, 2, 3};
  const auto read = hashloom::events::from_png(png(pixels, 1, 2, 3));
  EXPECT_EQ(read.width, 1);
  EXPECT_EQ(read.height, 2);
  EXPECT_EQ(read.rgba, (std::vector<uint8_t>{255, 0, 0, 255, 1, 2, 3, 255}));
}

TEST(Png, GreyIsReadAsThreeEqualColours) {
  EXPECT_EQ(hashloom::events::from_png(png(std::vector<uint8_t>{7}, 1, 1, 1)).rgba,
            (std::vector<uint8_t>{7, 7, 7, 255}));
}

TEST(Png, RefusesADamagedFile) {
  auto file = png(std::vector<uint8_t>(300, 7), 10, 10, 3);
  file.resize(file.size() / 2);
  EXPECT_THROW(hashloom::events::from_png(file), std::runtime_error);
  EXPECT_THROW(hashloom::events::from_png({}), std::runtime_error);
}
