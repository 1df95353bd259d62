#include <ATen/ops/stack.h>
#include <ATen/ops/tensor.h>
#include <fmt/format.h>

#include <algorithm>
#include <pictures/picture.hpp>
#include <tuple>

#include "classified_dataset.hpp"
using namespace hashloom;

namespace {

namespace fs = std::filesystem;

constexpr const char* kLayout = "put the pictures at DIR/train/CLASS/NAME.jpg and DIR/test/CLASS/NAME.jpg (or .png)";

bool is_picture(const fs::path& file) {
  auto extension = file.extension().string();
  std::ranges::transform(extension, extension.begin(), [](unsigned char c) { return std::tolower(c); });
  return extension == ".png" || extension == ".jpg" || extension == ".jpeg";
}

/// What a folder holds, by name.
std::vector<fs::path> entries_of(const fs::path& folder) try {
  std::vector<fs::path> entries;
  for (const auto& entry : fs::directory_iterator(folder)) entries.push_back(entry.path());
  std::ranges::sort(entries);
  return entries;
} catch (const fs::filesystem_error& error) {
  throw DataError(fmt::format("{} can't be read: {}", folder.string(), error.code().message()), kLayout);
}

struct Labelled {
  fs::path file;
  int32_t label;
};

}  // namespace

/// Pictures in folders: DIR/train/CLASS and DIR/test/CLASS. Classes are train's folders, by name. The pictures of a
/// split stand in the order of their names, those of one name by class: so classes alternate as in a shuffled set, and
/// figures in database order favour none. Images uint8 [N, C, side, side], all in memory.
class ImageFolder final : public datasets::ClassifiedDataset {
 public:
  static Schema schema() {
    return with_params(Schema("Pictures in folders: train/CLASS/NAME.jpg and test/CLASS/NAME.jpg, PNG or JPEG")
                           .param("dir", "", anything(), "folder that holds train and test")
                           .param("side", 32, between(1, 4096), "height and width to which pictures are scaled")
                           .unit("pixels")
                           .param("colour", true, anything(), "three colours; else grey"));
  }
  explicit ImageFolder(const Params& p)
      : ClassifiedDataset(p),
        dir_(p.text("dir")),
        spec_{.channels = p.flag("colour") ? 3 : 1, .height = p.integer("side"), .width = p.integer("side")} {}

  std::vector<fs::path> files() const override {
    std::vector<fs::path> files;
    for (const auto& picture : pictures_of("train")) files.push_back(picture.file);
    if (!reads_test_images()) return files;
    for (const auto& picture : pictures_of("test")) files.push_back(picture.file);
    return files;
  }

 private:
  Part read_train() const override { return read(pictures_of("train")); }
  Part read_test() const override { return read(pictures_of("test")); }
  int64_t classes() const override { return static_cast<int64_t>(class_names().size()); }
  std::string where() const override { return dir_.string(); }
  std::string remedy() const override { return kLayout; }

  std::vector<std::string> class_names() const {
    if (dir_.empty())
      throw DataError("dataset/image-folder: dir is empty", "set dir to the folder with train and test");
    std::vector<std::string> names;
    for (const auto& entry : entries_of(dir_ / "train"))
      if (fs::is_directory(entry)) names.push_back(entry.filename());
    if (names.empty()) throw DataError(fmt::format("{} has no folders of classes", (dir_ / "train").string()), kLayout);
    return names;
  }

  std::vector<Labelled> pictures_of(const char* split) const {
    const auto names = class_names();
    std::vector<Labelled> pictures;
    for (size_t label = 0; label < names.size(); ++label)
      for (const auto& entry : entries_of(dir_ / split / names[label]))
        if (is_picture(entry)) pictures.push_back({entry, static_cast<int32_t>(label)});
    if (pictures.empty()) throw DataError(fmt::format("{} holds no pictures", (dir_ / split).string()), kLayout);
    std::ranges::sort(pictures, {}, [](const Labelled& one) { return std::tuple(one.file.filename(), one.label); });
    return pictures;
  }

  Part read(const std::vector<Labelled>& pictures) const {
    std::vector<Tensor> images;
    std::vector<int32_t> labels;
    for (const auto& [file, label] : pictures) {
      images.push_back(read(file));
      labels.push_back(label);
    }
    return {at::stack(images), at::tensor(labels, at::kInt)};
  }

  Tensor read(const fs::path& file) const try {
    return pictures::fitted(pictures::read_picture(file), spec_);
  } catch (const DataError& error) {
    throw DataError(fmt::format("{}: {}", file.string(), error.what()), error.remedy());
  }

  fs::path dir_;
  ImageSpec spec_;
};

HASHLOOM_PLUGIN("image_folder", "1.0.0", component<ImageFolder>("dataset/image-folder"))
