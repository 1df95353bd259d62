#include "idx_dataset.hpp"

#include <fmt/format.h>

#include "idx.hpp"

namespace hashloom::idx {
namespace {

namespace fs = std::filesystem;
constexpr int64_t kClasses = 10;

}  // namespace

IdxDataset::IdxDataset(const Params& params, Source source) : ClassifiedDataset(params), source_(std::move(source)) {}

Schema IdxDataset::schema(const std::string& help, const char* dir, const std::string& dir_help) {
  return with_params(Schema(help).param("dir", dir, anything(), dir_help));
}

int64_t IdxDataset::classes() const { return kClasses; }

fs::path IdxDataset::find(const std::string& name) const {
  const fs::path plain = source_.dir / name, packed = source_.dir / (name + ".gz");
  if (fs::exists(packed)) return packed;
  if (fs::exists(plain)) return plain;
  throw DataError(packed.string() + " is missing, and so is " + plain.filename().string(), source_.remedy);
}

std::vector<fs::path> IdxDataset::files() const {
  std::vector<fs::path> files{find("train-images-idx3-ubyte"), find("train-labels-idx1-ubyte")};
  if (!reads_test_images()) return files;
  files.push_back(find("t10k-images-idx3-ubyte"));
  files.push_back(find("t10k-labels-idx1-ubyte"));
  return files;
}

namespace {

void check_labels(const Tensor& labels, const fs::path& file, const std::string& remedy) {
  const uint8_t* label = labels.const_data_ptr<uint8_t>();
  for (int64_t i = 0; i < labels.numel(); ++i)
    if (label[i] >= kClasses)
      throw DataError(fmt::format("{}: label {} is {}, expected 0 to {}", file.string(), i, label[i], kClasses - 1),
                      remedy);
}

}  // namespace

IdxDataset::Part IdxDataset::read_part(const std::string& prefix) const {
  const fs::path images_file = find(prefix + "-images-idx3-ubyte"), labels_file = find(prefix + "-labels-idx1-ubyte");
  const Tensor images = read(images_file, 3, source_.remedy), labels = read(labels_file, 1, source_.remedy);
  if (images.size(0) != labels.size(0))
    throw DataError(fmt::format("{} holds {} images, {} holds {} labels", images_file.string(), images.size(0),
                                labels_file.string(), labels.size(0)),
                    source_.remedy);
  if (images.numel() == 0) throw DataError(images_file.string() + " holds no images", source_.remedy);
  check_labels(labels, labels_file, source_.remedy);
  return {images.unsqueeze(1), labels.to(at::kInt)};
}

}  // namespace hashloom::idx
