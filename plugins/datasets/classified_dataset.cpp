#include "classified_dataset.hpp"

#include <ATen/ops/arange.h>
#include <ATen/ops/index_select.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/tensor.h>
#include <fmt/format.h>

namespace hashloom::datasets {

ClassifiedDataset::ClassifiedDataset(const Params& params)
    : train_images_(params.integer("images")),
      queries_(params.text("queries")),
      queries_per_class_(params.integer("queries_per_class")),
      validation_(params.integer("validation")) {}

Schema ClassifiedDataset::with_params(Schema schema) {
  return schema.param("images", 0, at_least(0), "training images, a seeded subset in ascending order; 0: all")
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

ClassifiedDataset::Part ClassifiedDataset::subset(const Part& train, Context& run) const {
  const int64_t available = train.images.size(0);
  if (train_images_ > available)
    throw ParameterError(fmt::format("images is {}, {} has {}{}", train_images_, where(), available,
                                     validation_ > 0 ? " without those for validation" : ""),
                         fmt::format("set images to at most {}, or to 0 for all", available));
  if (train_images_ == 0 || train_images_ == available) return train;
  return train.take(std::get<0>(run.randperm(available).narrow(0, 0, train_images_).sort()));
}

namespace {

struct PerClass {
  const char* parameter;  ///< that asks for them
  int64_t value;          ///< of the parameter
  int64_t count, classes;
  const char* images;  ///< "test" or "training"
  const char* remedy;
};

/// Goes through the images in `order`, takes of each class as many as wanted, and returns them in ascending order.
Tensor some_of_each_class(const Tensor& labels, const Tensor& order, const PerClass& wanted) {
  std::vector<int64_t> taken(wanted.classes, 0), items;
  const auto label = labels.accessor<int, 1>();
  const auto ordered = order.accessor<int64_t, 1>();
  for (int64_t i = 0; i < order.numel(); ++i)
    if (taken[label[ordered[i]]]++ < wanted.count) items.push_back(ordered[i]);
  for (int64_t c = 0; c < wanted.classes; ++c)
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

ClassifiedDataset::Part ClassifiedDataset::Part::take(const Tensor& items) const {
  return {at::index_select(images, 0, items), at::index_select(labels, 0, items)};
}

ClassifiedDataset::Part ClassifiedDataset::queries(const Part& test, Context& run) const {
  if (queries_ == "all") return test;
  const int64_t available = test.images.size(0);
  const Tensor order = queries_ == "random" ? run.randperm(available) : at::arange(available, at::kLong);
  const PerClass wanted{"queries_per_class",
                        queries_per_class_,
                        queries_per_class_,
                        classes(),
                        "test",
                        "set queries_per_class lower, or queries to all"};
  return test.take(some_of_each_class(test.labels, order, wanted));
}

void ClassifiedDataset::load(Context& run) {
  const Part all_train = read_train();
  if (validation_ > 0) return load_for_validation(all_train, run);
  const Part test = read_test();
  if (all_train.images.sizes().slice(1) != test.images.sizes().slice(1))
    throw DataError(fmt::format("{}: training images are {}, test images {}", where(), describe(all_train.images),
                                describe(test.images)),
                    remedy());
  const Part train = subset(all_train, run);
  hold(train, queries(test, run));
}

void ClassifiedDataset::load_for_validation(const Part& all_train, Context& run) {
  const int64_t available = all_train.images.size(0);
  if (validation_ % classes() != 0)
    throw ParameterError(fmt::format("validation is {}, there are {} classes", validation_, classes()),
                         fmt::format("set validation to a multiple of {}", classes()));
  const PerClass wanted{"validation", validation_, validation_ / classes(),
                        classes(),    "training",  "set validation lower"};
  const Tensor items = some_of_each_class(all_train.labels, at::arange(available, at::kLong).flip(0), wanted);
  const Tensor rest = without(items, available);
  if (rest.numel() == 0)
    throw ParameterError(fmt::format("validation is {}, which leaves no training images", validation_),
                         "set validation lower");
  hold(subset(all_train.take(rest), run), all_train.take(items));
}

void ClassifiedDataset::hold(const Part& train, const Part& query) {
  const ImagesPtr train_images = images_in_memory(train.images);
  images_ = {train_images, images_in_memory(query.images), train_images};
  labels_ = {train.labels, query.labels, train.labels};
}

std::string ClassifiedDataset::label_use() const {
  if (validation_ > 0)
    return fmt::format("queries: the last {} of each class of the training images, for validation",
                       validation_ / classes());
  if (queries_ == "all") return "none";
  const char* which = queries_ == "first" ? "the first {} of each class" : "{} random ones of each class";
  return "queries: " + fmt::format(fmt::runtime(which), queries_per_class_);
}

}  // namespace hashloom::datasets
