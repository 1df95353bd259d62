#include "relevance.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <hashloom/errors.hpp>

namespace hashloom::retrieval {
namespace {

bool is_single(const Tensor& labels) {
  return labels.defined() && labels.dim() == 1 && labels.scalar_type() == at::kInt;
}

bool is_multi(const Tensor& labels) {
  return labels.defined() && labels.dim() == 2 && labels.scalar_type() == at::kBool;
}

std::vector<int32_t> values(const Tensor& labels) {
  const Tensor dense = labels.cpu().contiguous();
  const int32_t* first = dense.const_data_ptr<int32_t>();
  return {first, first + dense.numel()};
}

bool intersect(std::span<const uint64_t> a, const uint64_t* b) {
  uint64_t common = 0;
  for (size_t i = 0; i < a.size(); ++i) common |= a[i] & b[i];
  return common != 0;
}

}  // namespace

Relevance::Relevance(const Tensor& query, const Tensor& database) {
  const bool single = is_single(query) && is_single(database);
  const bool multi = is_multi(query) && is_multi(database) && query.size(1) == database.size(1);
  if (!single && !multi)
    throw ShapeError(
        fmt::format("labels are int32 [N] or bool [N, classes], alike for queries and database; these are {} "
                    "and {}",
                    describe(query), describe(database)));
  queries_ = query.size(0);
  items_ = database.size(0);
  if (single) {
    query_labels_ = values(query);
    database_labels_ = values(database);
  } else {
    query_classes_ = Codes::pack(query);
    database_classes_ = Codes::pack(database);
  }
}

std::vector<uint8_t> Relevance::of(int64_t query) const {
  return query_labels_.empty() ? shared_class(query_classes_.row(query)) : same_label(query_labels_[query]);
}

std::vector<uint8_t> Relevance::same_label(int32_t label) const {
  std::vector<uint8_t> relevant(items_, 0);
  if (label < 0) return relevant;
  std::ranges::transform(database_labels_, relevant.begin(), [label](int32_t other) { return other == label; });
  return relevant;
}

std::vector<uint8_t> Relevance::shared_class(std::span<const uint64_t> classes) const {
  std::vector<uint8_t> relevant(items_);
  const uint64_t* others = database_classes_.words().data();
  for (int64_t i = 0; i < items_; ++i) relevant[i] = intersect(classes, others + i * classes.size());
  return relevant;
}

}  // namespace hashloom::retrieval
