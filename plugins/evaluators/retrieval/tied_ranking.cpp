#include "tied_ranking.hpp"

#include <algorithm>
#include <numeric>

namespace hashloom::retrieval {
namespace {

/// Means over t = 1..slots of 1 / (before + t) and of (t - 1) / (slots - 1) / (before + t).
struct PlaceMeans {
  double first = 0, later = 0;
};

PlaceMeans place_means(int64_t before, int64_t slots) {
  PlaceMeans sum;
  for (int64_t t = 1; t <= slots; ++t) {
    const double inverse = 1.0 / static_cast<double>(before + t);
    sum.first += inverse;
    sum.later += static_cast<double>(t - 1) * inverse;
  }
  const auto n = static_cast<double>(slots);
  return {slots > 0 ? sum.first / n : 0, slots > 1 ? sum.later / n / (n - 1) : 0};
}

/// Expected sum of precisions at `relevant` items in any order over the places that `means` is of.
double sum_of_precisions(const PlaceMeans& means, int64_t relevant_before, int64_t relevant) {
  const auto p = static_cast<double>(relevant);
  return p * (static_cast<double>(relevant_before + 1) * means.first + (p - 1) * means.later);
}

/// Distribution of the relevant items among the first `slots` of a bucket.
struct Hits {
  int64_t fewest;
  std::vector<double> probability;  ///< of fewest, fewest + 1, ...
};

/// From the mode outwards by the ratio of neighbours, so that nothing overflows:
/// P(h + 1) / P(h) = (p - h)(c - h) / ((h + 1)(n - p - c + h + 1)).
Hits hits_before_cut(const Bucket& bucket, int64_t slots) {
  const int64_t n = bucket.items, p = bucket.relevant, c = slots;
  const int64_t fewest = std::max<int64_t>(0, c - (n - p)), most = std::min(p, c);
  const auto ratio = [=](int64_t h) {
    return static_cast<double>(p - h) * static_cast<double>(c - h) /
           (static_cast<double>(h + 1) * static_cast<double>(n - p - c + h + 1));
  };
  std::vector<double> weight(most - fewest + 1, 1.0);
  const int64_t mode = std::clamp((c + 1) * (p + 1) / (n + 2), fewest, most);
  for (int64_t h = mode; h < most; ++h) weight[h + 1 - fewest] = weight[h - fewest] * ratio(h);
  for (int64_t h = mode; h > fewest; --h) weight[h - 1 - fewest] = weight[h - fewest] / ratio(h - 1);
  const double sum = std::reduce(weight.begin(), weight.end());
  for (double& w : weight) w /= sum;
  return {fewest, std::move(weight)};
}

double ratio_or_zero(double sum, int64_t denominator) {
  return denominator > 0 ? sum / static_cast<double>(denominator) : 0;
}

/// The expectation over the relevant items that the first `slots` of `bucket` hold; `sum` are the precisions before it.
template <class Divisor>
double average_precision_of_cut(double sum, const Bucket& before, const Bucket& bucket, int64_t slots,
                                const Divisor& divisor) {
  const PlaceMeans means = place_means(before.items, slots);
  const Hits hits = hits_before_cut(bucket, slots);
  double expected = 0;
  for (size_t i = 0; i < hits.probability.size(); ++i) {
    const int64_t h = hits.fewest + static_cast<int64_t>(i);
    const double total = sum + sum_of_precisions(means, before.relevant, h);
    expected += hits.probability[i] * ratio_or_zero(total, divisor(before.relevant + h));
  }
  return expected;
}

}  // namespace

TiedRanking::TiedRanking(std::vector<Bucket> by_distance) : by_distance_(std::move(by_distance)) {
  all_ = std::accumulate(by_distance_.begin(), by_distance_.end(), Bucket{});
}

TiedRanking TiedRanking::of(std::span<const uint16_t> distances, std::span<const uint8_t> relevant, int64_t farthest) {
  std::vector<int64_t> counts(2 * (farthest + 1), 0);  // irrelevant and relevant by turns
  for (size_t i = 0; i < distances.size(); ++i) ++counts[2 * distances[i] + relevant[i]];
  std::vector<Bucket> buckets(farthest + 1);
  for (int64_t d = 0; d <= farthest; ++d) buckets[d] = {counts[2 * d] + counts[2 * d + 1], counts[2 * d + 1]};
  return TiedRanking(std::move(buckets));
}

double TiedRanking::average_precision() const { return average_precision_at(items(), Denominator::min); }

double TiedRanking::average_precision_at(int64_t r, Denominator denominator) const {
  const auto divisor = [&](int64_t hits) { return denominator == Denominator::min ? std::min(r, relevant()) : hits; };
  Bucket before;
  double sum = 0;
  for (const Bucket& bucket : by_distance_) {
    const int64_t slots = r - before.items;
    if (slots < bucket.items) return average_precision_of_cut(sum, before, bucket, slots, divisor);
    if (bucket.relevant > 0)
      sum += sum_of_precisions(place_means(before.items, bucket.items), before.relevant, bucket.relevant);
    before = before + bucket;
  }
  return ratio_or_zero(sum, divisor(before.relevant));
}

double TiedRanking::expected_hits(int64_t n) const {
  Bucket before;
  for (const Bucket& bucket : by_distance_) {
    if (before.items + bucket.items > n)
      return static_cast<double>(before.relevant) + static_cast<double>(n - before.items) *
                                                        static_cast<double>(bucket.relevant) /
                                                        static_cast<double>(bucket.items);
    before = before + bucket;
  }
  return static_cast<double>(before.relevant);
}

double TiedRanking::precision_within(int64_t radius) const {
  const auto count = std::min<size_t>(radius + 1, by_distance_.size());
  const Bucket within = std::accumulate(by_distance_.begin(), by_distance_.begin() + count, Bucket{});
  return ratio_or_zero(static_cast<double>(within.relevant), within.items);
}

double TiedRanking::precision_at_recall(int64_t level, int64_t levels) const {
  const int64_t wanted = (relevant() * level + levels - 1) / levels;
  Bucket before;
  for (const Bucket& bucket : by_distance_) {
    if (wanted > 0 && before.relevant + bucket.relevant >= wanted) {
      const double missing = static_cast<double>(wanted - before.relevant) / static_cast<double>(bucket.relevant);
      return static_cast<double>(wanted) /
             (static_cast<double>(before.items) + missing * static_cast<double>(bucket.items));
    }
    before = before + bucket;
  }
  return 0;
}

}  // namespace hashloom::retrieval
