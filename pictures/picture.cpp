#include <ATen/ops/_upsample_bilinear2d_aa.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/tensor.h>
#include <fmt/format.h>
#include <png.h>
#include <turbojpeg.h>

#include <fstream>
#include <hashloom/errors.hpp>
#include <memory>
#include <pictures/picture.hpp>
#include <span>

namespace hashloom::pictures {
namespace {

constexpr int64_t kMostPixels = 100'000'000;
constexpr const char* kRemedy = "save it anew as PNG or JPEG, or leave it out";

using Bytes = std::vector<unsigned char>;

[[noreturn]] void refuse(const std::string& why) { throw DataError(why, kRemedy); }

Bytes bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in.is_open() || !std::filesystem::is_regular_file(file))
    throw DataError("it can't be read", "check that it is a file that you may read");
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Room for [height, width, channels].
Tensor canvas(int64_t height, int64_t width, int64_t channels) {
  if (height < 1 || width < 1 || height > kMostPixels / width)
    refuse(fmt::format("its size, {} x {}, is none of 1 to {} pixels", width, height, kMostPixels));
  return at::empty({height, width, channels}, at::kByte);
}

Tensor channels_first(const Tensor& pixels) { return pixels.permute({2, 0, 1}).contiguous(); }

Tensor from_png(const Bytes& bytes) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  const std::unique_ptr<png_image, void (*)(png_image*)> freed(&image, &png_image_free);
  if (!png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()))
    refuse(fmt::format("libpng: {}", image.message));
  const bool has_colour = image.format & PNG_FORMAT_FLAG_COLOR;
  image.format = has_colour ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY;
  image.flags |= PNG_IMAGE_FLAG_16BIT_sRGB;
  const Tensor pixels = canvas(image.height, image.width, has_colour ? 3 : 1);
  const png_color black{};
  if (!png_image_finish_read(&image, &black, pixels.mutable_data_ptr(), 0, nullptr))
    refuse(fmt::format("libpng: {}", image.message));
  return channels_first(pixels);
}

Tensor from_jpeg(const Bytes& bytes) {
  const std::unique_ptr<void, int (*)(tjhandle)> decoder(tjInitDecompress(), &tjDestroy);
  const auto check = [&](int status) {
    if (status != 0) refuse(fmt::format("libjpeg: {}", tjGetErrorStr2(decoder.get())));
  };
  int width = 0, height = 0, sampling = 0, colours = 0;
  check(tjDecompressHeader3(decoder.get(), bytes.data(), bytes.size(), &width, &height, &sampling, &colours));
  const bool is_grey = colours == TJCS_GRAY;
  const Tensor pixels = canvas(height, width, is_grey ? 1 : 3);
  check(tjDecompress2(decoder.get(), bytes.data(), bytes.size(), pixels.mutable_data_ptr<uint8_t>(), width, 0, height,
                      is_grey ? TJPF_GRAY : TJPF_RGB, TJFLAG_ACCURATEDCT));
  return channels_first(pixels);
}

bool begins_with(const Bytes& bytes, std::initializer_list<unsigned char> magic) {
  return bytes.size() >= magic.size() && std::equal(magic.begin(), magic.end(), bytes.begin());
}

Tensor rounded(const Tensor& values) { return values.round().clamp(0, 255).to(at::kByte); }

Tensor with_channels(const Tensor& picture, int64_t channels) {
  if (picture.size(0) == channels) return picture;
  if (channels == 3) return picture.expand({3, -1, -1}).contiguous();
  const Tensor weights = at::tensor({0.299, 0.587, 0.114}, at::kDouble).view({3, 1, 1});
  return rounded((picture.to(at::kDouble) * weights).sum(0, true));
}

/// The largest part in the middle that is as wide for its height as `spec`.
Tensor middle(const Tensor& picture, const ImageSpec& spec) {
  const int64_t height = picture.size(1), width = picture.size(2);
  const int64_t rows = std::clamp<int64_t>(width * spec.height / spec.width, 1, height);
  const int64_t columns = std::clamp<int64_t>(height * spec.width / spec.height, 1, width);
  return picture.narrow(1, (height - rows) / 2, rows).narrow(2, (width - columns) / 2, columns);
}

}  // namespace

Tensor read_picture(const std::filesystem::path& file) {
  const auto bytes = bytes_of(file);
  if (bytes.empty()) refuse("it is empty");
  if (begins_with(bytes, {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'})) return from_png(bytes);
  if (begins_with(bytes, {0xFF, 0xD8, 0xFF})) return from_jpeg(bytes);
  refuse("it is neither PNG nor JPEG");
}

Tensor fitted(const Tensor& picture, const ImageSpec& spec) {
  Tensor x = with_channels(picture, spec.channels);
  if (x.size(1) == spec.height && x.size(2) == spec.width) return x;
  if (spec.fit == "crop") x = middle(x, spec);
  const Tensor scaled = at::_upsample_bilinear2d_aa(x.to(at::kFloat).unsqueeze(0), {spec.height, spec.width}, false);
  return rounded(scaled.squeeze(0));
}

}  // namespace hashloom::pictures
