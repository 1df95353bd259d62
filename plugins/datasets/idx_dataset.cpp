#include "idx_dataset.hpp"

#include <ATen/ops/arange.h>
#include <ATen/ops/index_select.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/tensor.h>
#include <fmt/format.h>

#include <array>

#include "idx.hpp"

namespace hashloom::idx {
namespace {

namespace fs = std::filesystem;
constexpr int64_t kClasses = 10;

}  // namespace

IdxDataset::IdxDataset(const Params& params, Source source)
    : source_(std::move(source)),
      train_images_(params.integer("images")),
      queries_(params.text("queries")),
      queries_per_class_(params.integer("queries_per_class")),
      validation_(params.integer("validation")) {
  if (validation_ % kClasses != 0)
    throw ParameterError(fmt::format("validation is {}, there are {} classes", validation_, kClasses),
                         fmt::format("set validation to a multiple of {}", kClasses));
}

Schema IdxDataset::schema(const std::string& help, const char* dir, const std::string& dir_help) {
  return Schema(help)
      .param("dir", dir, anything(), dir_help)
      .param("images", 0, at_least(0), "training images, a seeded subset in ascending order; 0: all")
      .unit("images")
      .param("queries", "first", one_of({"first", "random", "all"}),
             "test images that are queries: the first or random ones of each class, or all")
      .param("queries_per_class", 100, at_least(1), "how many of each class, unless queries is all")
      .unit("images")
      .param("validation", 0, at_least(0),
             "so many training images are the queries, the last ones of each class, and leave train and database; the "
             "test images are not read. For choosing settings; 0: test images are the queries")
      .unit("images");
}

fs::path IdxDataset::find(const std::string& name) const {
  const fs::path plain = source_.dir / name, packed = source_.dir / (name + ".gz");
  if (fs::exists(packed)) return packed;
  if (fs::exists(plain)) return plain;
  throw DataError(packed.string() + " is missing, and so is " + plain.filename().string(), source_.remedy);
}

std::vector<fs::path> IdxDataset::files() const {
  std::vector<fs::path> files{find("train-images-idx3-ubyte"), find("train-labels-idx1-ubyte")};
  if (validation_ > 0) return files;
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

IdxDataset::Part IdxDataset::subset(const Part& train, Context& run) const {
  const int64_t available = train.images.size(0);
  if (train_images_ > available)
    throw ParameterError(fmt::format("images is {}, {} has {}{}", train_images_, source_.dir.string(), available,
                                     validation_ > 0 ? " without those for validation" : ""),
                         fmt::format("set images to at most {}, or to 0 for all", available));
  if (train_images_ == 0 || train_images_ == available) return train;
  return train.take(std::get<0>(run.randperm(available).narrow(0, 0, train_images_).sort()));
}

namespace {

struct PerClass {
  const char* parameter;  ///< that asks for them
  int64_t value;          ///< of the parameter
  int64_t count;
  const char* images;  ///< "test" or "training"
  const char* remedy;
};

/// Goes through the images in `order`, takes of each class as many as wanted, and returns them in ascending order.
Tensor some_of_each_class(const Tensor& labels, const Tensor& order, const PerClass& wanted) {
  std::array<int64_t, kClasses> taken{};
  std::vector<int64_t> items;
  const auto label = labels.accessor<int, 1>();
  const auto ordered = order.accessor<int64_t, 1>();
  for (int64_t i = 0; i < order.numel(); ++i)
    if (taken[label[ordered[i]]]++ < wanted.count) items.push_back(ordered[i]);
  for (int64_t c = 0; c < kClasses; ++c)
    if (taken[c] < wanted.count)
      throw ParameterError(fmt::format("{} is {}, class {} has {} {} images", wanted.parameter, wanted.value, c,
                                       taken[c], wanted.images),
                           wanted.remedy);
  return std::get<0>(at::tensor(items, at::kLong).sort());
}

/// All of 0 to count - 1 that are not among `items`.
Tensor without(const Tensor& items, int64_t count) {
  return at::ones({count}, at::kBool).index_fill_(0, items, false).nonzero().flatten();
}

}  // namespace

IdxDataset::Part IdxDataset::Part::take(const Tensor& items) const {
  return {at::index_select(images, 0, items), at::index_select(labels, 0, items)};
}

IdxDataset::Part IdxDataset::queries(const Part& test, Context& run) const {
  if (queries_ == "all") return test;
  const int64_t available = test.images.size(0);
  const Tensor order = queries_ == "random" ? run.randperm(available) : at::arange(available, at::kLong);
  const PerClass wanted{"queries_per_class", queries_per_class_, queries_per_class_, "test",
                        "set queries_per_class lower, or queries to all"};
  return test.take(some_of_each_class(test.labels, order, wanted));
}

void IdxDataset::load(Context& run) {
  const Part all_train = read_part("train");
  if (validation_ > 0) return load_for_validation(all_train, run);
  const Part test = read_part("t10k");
  if (all_train.images.sizes().slice(1) != test.images.sizes().slice(1))
    throw DataError(fmt::format("{}: training images are {}, test images {}", source_.dir.string(),
                                describe(all_train.images), describe(test.images)),
                    source_.remedy);
  const Part train = subset(all_train, run);
  hold(train, queries(test, run));
}

void IdxDataset::load_for_validation(const Part& all_train, Context& run) {
  const int64_t available = all_train.images.size(0);
  const PerClass wanted{"validation", validation_, validation_ / kClasses, "training", "set validation lower"};
  const Tensor items = some_of_each_class(all_train.labels, at::arange(available, at::kLong).flip(0), wanted);
  const Tensor rest = without(items, available);
  if (rest.numel() == 0)
    throw ParameterError(fmt::format("validation is {}, which leaves no training images", validation_),
                         "set validation lower");
  hold(subset(all_train.take(rest), run), all_train.take(items));
}

void IdxDataset::hold(const Part& train, const Part& query) {
  const ImagesPtr train_images = images_in_memory(train.images);
  images_ = {train_images, images_in_memory(query.images), train_images};
  labels_ = {train.labels, query.labels, train.labels};
}

std::string IdxDataset::label_use() const {
  if (validation_ > 0)
    return fmt::format("queries: the last {} of each class of the training images, for validation",
                       validation_ / kClasses);
  if (queries_ == "all") return "none";
  const char* which = queries_ == "first" ? "the first {} of each class" : "{} random ones of each class";
  return "queries: " + fmt::format(fmt::runtime(which), queries_per_class_);
}

}  // namespace hashloom::idx
