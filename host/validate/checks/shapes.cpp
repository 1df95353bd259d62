#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <validate/exercise.hpp>

namespace hashloom::validate {
namespace {

constexpr int64_t kAny = -1;  ///< a size that is at least 1

/// What a role promises of a result: its type, its sizes after the first, and what those are called.
struct Promise {
  at::ScalarType type;
  std::vector<int64_t> sizes;
  std::string text;
  int64_t largest = std::numeric_limits<int64_t>::max();  ///< that a size of kAny may be
};

Promise promise_of(const Schema& schema, const Instance& instance) {
  constexpr int64_t kLongestCode = 4096;
  if (instance.feature) return {at::kFloat, {kAny}, "float32 [n, D]"};
  if (instance.dataset) return {at::kByte, {kAny, kAny, kAny}, "uint8 [n, C, H, W]"};
  if (instance.generator && !takes(schema, port::kImages)) return {at::kFloat, {kAny}, "float32 [n, D]"};
  if (!instance.generator) return {at::kBool, {kAny}, "bool [n, k], k from 1 to 4096,", kLongestCode};
  const auto spec = toy_data().images.train->spec();
  return {at::kFloat,
          {spec.channels, spec.height, spec.width},
          fmt::format("float32 [n, {}, {}, {}]", spec.channels, spec.height, spec.width)};
}

int64_t rows_of(const Instance& instance, const std::string& what) {
  if (instance.generator) return 12;
  const auto& images = toy_data().images;
  return what.ends_with("query") ? images.query->size() : images.train->size();
}

bool keeps(const Promise& promise, const Tensor& given) {
  if (!given.defined() || given.scalar_type() != promise.type) return false;
  const auto fits = [&](int64_t size, int64_t promised) {
    return promised == kAny ? size >= 1 && size <= promise.largest : size == promised;
  };
  return given.dim() >= 1 && std::ranges::equal(given.sizes().slice(1), promise.sizes, fits);
}

std::optional<Finding> about(const Schema& schema, const Instance& instance, const std::string& what,
                             const Tensor& given) {
  const auto promise = promise_of(schema, instance);
  if (keeps(promise, given) && (instance.dataset || given.size(0) == rows_of(instance, what))) return {};
  return Finding{
      fmt::format("'{}' is {}; {} was promised", what, describe(given), promise.text),
      "give one row for each row of the input, with .to(at::kBool) or .to(at::kFloat) where the type differs"};
}

std::optional<Finding> about_range(const Tensor& samples) {
  const double low = samples.min().item<double>(), high = samples.max().item<double>();
  if (low >= -1 && high <= 1) return {};
  return Finding{fmt::format("its samples go from {:.3g} to {:.3g}", low, high), "keep them in [-1, 1]: clamp or tanh"};
}

std::optional<Finding> about_dataset(const Dataset& dataset, const Results& all) {
  for (const Split split : kSplits) {
    const auto images = dataset.images()[split]->size();
    const Tensor labels = dataset.labels()[split];
    const bool is_one = labels.defined() && labels.dim() == 1 && labels.scalar_type() == at::kInt;
    const bool is_several = labels.defined() && labels.dim() == 2 && labels.scalar_type() == at::kBool;
    if ((!is_one && !is_several) || labels.size(0) != images)
      return Finding{fmt::format("the labels of {} {} images are {}", images, name(split), describe(labels)),
                     "give int32 [N] (-1: none) or multi-hot bool [N, classes]"};
  }
  return {};
}

}  // namespace

std::optional<Finding> check_shapes(const plugins::ComponentInfo& component) {
  const auto instance = made(component);
  ToyContext run(1);
  learn(component, instance, run);
  const auto all = results(component, instance);
  if (instance.evaluator) return {};
  if (instance.dataset)
    if (auto found = about_dataset(*instance.dataset, all)) return found;
  for (const auto& [what, given] : all) {
    if (what.starts_with("labels")) continue;
    if (auto found = about(component.schema, instance, what, given)) return found;
    if (!instance.generator || given.dim() != 4) continue;
    if (auto found = about_range(given)) return found;
  }
  return {};
}

}  // namespace hashloom::validate
