#pragma once
#include <cstdint>
#include <hashloom/codes.hpp>
#include <vector>

namespace hashloom::retrieval {

/// Which items of the database are relevant to a query: those that share a class with it. An item without a class
/// (label below 0, or no class set) is relevant to nothing.
class Relevance {
 public:
  /// Both int32 [N], or both bool [N, classes] with 1 to 4096 classes. Throws ShapeError for anything else.
  Relevance(const Tensor& query, const Tensor& database);

  int64_t queries() const { return queries_; }
  int64_t items() const { return items_; }
  /// 1 where the database's item is relevant to this query, else 0.
  std::vector<uint8_t> of(int64_t query) const;

 private:
  std::vector<uint8_t> same_label(int32_t label) const;
  std::vector<uint8_t> shared_class(std::span<const uint64_t> classes) const;

  int64_t queries_, items_;
  std::vector<int32_t> query_labels_, database_labels_;  // empty: sets of classes
  Codes query_classes_, database_classes_;               // a bit a class
};

}  // namespace hashloom::retrieval
