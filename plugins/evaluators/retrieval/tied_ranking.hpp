#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace hashloom::retrieval {

/// Items at one distance, and how many of them are relevant. Their order is not known: they are tied.
struct Bucket {
  int64_t items = 0, relevant = 0;
};
inline Bucket operator+(const Bucket& a, const Bucket& b) { return {a.items + b.items, a.relevant + b.relevant}; }

/// What AP@R is divided by: the relevant items among the first R, or all that could be there, min(R, relevant).
enum class Denominator { retrieved, min };

/// A database ranked by its distance to one query, as a histogram: no figure here depends on how ties are broken. Each
/// is the expectation over all orders of tied items, which are equally likely (McSherry, Najork 2008).
///
/// Places of a bucket of n items, p of them relevant, after N0 items with P0 relevant: the item at place t = 1..n is
/// relevant with probability p/n, and then P0 + 1 + (t - 1)(p - 1)/(n - 1) relevant items are expected up to it, so
/// that the bucket adds
///   p * mean over t of (P0 + 1 + (t - 1)(p - 1)/(n - 1)) / (N0 + t)      (n = 1: p (P0 + p)/(N0 + n))
/// to the sum of precisions. A cut after c < n of its places leaves h relevant items, hypergeometric in (n, p, c);
/// given h the c places are in any order again, so the same formula holds with (c, h) for (n, p).
class TiedRanking {
 public:
  /// `by_distance[d]` are the items at distance d.
  explicit TiedRanking(std::vector<Bucket> by_distance);
  /// Equal lengths; `relevant` is 0 or 1; distances are at most `farthest`.
  static TiedRanking of(std::span<const uint16_t> distances, std::span<const uint8_t> relevant, int64_t farthest);

  const std::vector<Bucket>& by_distance() const { return by_distance_; }
  int64_t items() const { return all_.items; }
  int64_t relevant() const { return all_.relevant; }

  /// AP over the whole ranking, divided by all relevant items; 0 without any.
  double average_precision() const;
  /// AP over the first `r` items; 0 where the denominator is.
  double average_precision_at(int64_t r, Denominator denominator) const;
  /// Relevant items expected among the first `n`: a bucket that the cut divides gives its share, c p / n.
  double expected_hits(int64_t n) const;
  /// Share of relevant items among those at distance <= radius; 0 if there are none.
  double precision_within(int64_t radius) const;
  /// Precision of the shortest list that is expected to hold ceil(relevant * level / levels) relevant items; 0 without
  /// any.
  double precision_at_recall(int64_t level, int64_t levels) const;

 private:
  std::vector<Bucket> by_distance_;
  Bucket all_;
};

}  // namespace hashloom::retrieval
