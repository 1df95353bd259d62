#include <fmt/format.h>
#include <png.h>

#include <events/png.hpp>
#include <stdexcept>

namespace hashloom::events {
namespace {

void check(size_t pixels, int width, int height, int channels) {
  if (channels != 1 && channels != 3)
    throw std::invalid_argument(fmt::format("a picture has 1 or 3 channels, not {}", channels));
  if (width < 1 || height < 1 || pixels != size_t(width) * size_t(height) * size_t(channels))
    throw std::invalid_argument(
        fmt::format("{} bytes are no picture of {} x {} x {}", pixels, height, width, channels));
}

}  // namespace

std::vector<std::byte> png(std::span<const uint8_t> pixels, int width, int height, int channels) {
  check(pixels.size(), width, height, channels);
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(width);
  image.height = static_cast<png_uint_32>(height);
  image.format = channels == 1 ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB;
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
  std::vector<std::byte> bytes(size);
  if (png_image_write_to_memory(&image, bytes.data(), &size, 0, pixels.data(), 0, nullptr) == 0)
    throw std::runtime_error(fmt::format("libpng: {}", image.message));
  bytes.resize(size);
  return bytes;
}

Pixels from_png(std::span<const std::byte> file) {
  constexpr png_uint_32 kLargest = 16384;
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(&image, file.data(), file.size()) == 0)
    throw std::runtime_error(fmt::format("libpng: {}", image.message));
  image.format = PNG_FORMAT_RGBA;
  Pixels pixels{{}, static_cast<int>(image.width), static_cast<int>(image.height)};
  if (image.width > kLargest || image.height > kLargest) {
    png_image_free(&image);
    throw std::runtime_error(fmt::format("a picture of {} x {} pixels is too large", pixels.height, pixels.width));
  }
  pixels.rgba.resize(PNG_IMAGE_SIZE(image));
  if (png_image_finish_read(&image, nullptr, pixels.rgba.data(), 0, nullptr) == 0)
    throw std::runtime_error(fmt::format("libpng: {}", image.message));
  return pixels;
}

}  // namespace hashloom::events
