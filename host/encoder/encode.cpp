#include <ATen/ops/cat.h>
#include <ATen/ops/stack.h>
#include <fmt/format.h>

#include <algorithm>
#include <encoder/encode.hpp>
#include <encoder/stages.hpp>
#include <pictures/picture.hpp>
#include <plugins/batch_map.hpp>

namespace hashloom::encoder {
namespace {

namespace fs = std::filesystem;

bool has_pictures_name(const fs::path& file) {
  auto extension = file.extension().string();
  std::ranges::transform(extension, extension.begin(), [](unsigned char c) { return std::tolower(c); });
  return extension == ".png" || extension == ".jpg" || extension == ".jpeg";
}

std::vector<fs::path> pictures_below(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file() && has_pictures_name(entry.path())) files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

std::vector<fs::path> files_of(const std::vector<fs::path>& pictures, std::vector<Error>& mistakes) {
  std::vector<fs::path> files;
  for (const auto& picture : pictures) {
    try {
      if (!fs::is_directory(picture)) {
        files.push_back(picture);
        continue;
      }
      const auto below = pictures_below(picture);
      if (below.empty())
        mistakes.emplace_back(fmt::format("{}: no pictures are in this folder", picture.string()),
                              "pictures are files that end in .png, .jpg or .jpeg");
      files.insert(files.end(), below.begin(), below.end());
    } catch (const fs::filesystem_error& error) {
      mistakes.emplace_back(fmt::format("{}: {}", picture.string(), error.code().message()),
                            "make the folder readable");
    }
  }
  return files;
}

/// Those that can be read; the others are added to `mistakes`.
std::vector<Tensor> read(std::span<const fs::path> files, const ImageSpec& spec, std::vector<Error>& mistakes) {
  std::vector<Tensor> images;
  for (const auto& file : files) {
    try {
      images.push_back(pictures::fitted(pictures::read_picture(file), spec));
    } catch (const DataError& error) {
      mistakes.emplace_back(fmt::format("{}: {}", file.string(), error.what()), error.remedy());
    }
  }
  return images;
}

}  // namespace

BadInput::BadInput(std::vector<Error> mistakes)
    : std::runtime_error(mistakes.empty() ? "" : mistakes.front().what()), mistakes_(std::move(mistakes)) {}

Encoded encode(const Model& model, plugins::Components& components, const std::vector<fs::path>& pictures) {
  std::vector<Error> mistakes;
  const Stages stages(model, components, mistakes);
  const auto files = files_of(pictures, mistakes);
  std::vector<Tensor> bits;
  for (size_t begin = 0; begin < files.size(); begin += plugins::kBatch) {
    const auto some = std::span(files).subspan(begin, std::min<size_t>(plugins::kBatch, files.size() - begin));
    const auto images = read(some, model.images, mistakes);
    if (mistakes.empty()) bits.push_back(stages.bits(at::stack(images)));
  }
  if (!mistakes.empty()) throw BadInput(std::move(mistakes));
  Encoded encoded{{}, Codes::pack(at::cat(bits)), stages.warnings()};
  for (const auto& file : files) encoded.names.push_back(file.string());
  return encoded;
}

}  // namespace hashloom::encoder
