#include "database_order.hpp"

#include <algorithm>
#include <numeric>

namespace hashloom::retrieval {
namespace {

/// For each distance what the buckets before it hold.
std::vector<Bucket> starts(const TiedRanking& ranking) {
  const auto& buckets = ranking.by_distance();
  std::vector<Bucket> before(buckets.size());
  std::exclusive_scan(buckets.begin(), buckets.end(), before.begin(), Bucket{});
  return before;
}

double per(double sum, int64_t count) { return count > 0 ? sum / static_cast<double>(count) : 0; }

}  // namespace

OrderedPrecision in_database_order(std::span<const uint16_t> distances, std::span<const uint8_t> relevant,
                                   const TiedRanking& ranking, int64_t r) {
  std::vector<Bucket> seen = starts(ranking);
  double whole = 0, cut = 0;
  int64_t retrieved = 0;
  for (size_t i = 0; i < distances.size(); ++i) {
    Bucket& at = seen[distances[i]];
    ++at.items;
    if (!relevant[i]) continue;
    ++at.relevant;
    const double precision = static_cast<double>(at.relevant) / static_cast<double>(at.items);
    whole += precision;
    if (at.items > r) continue;
    cut += precision;
    ++retrieved;
  }
  return {per(whole, ranking.relevant()), per(cut, retrieved), per(cut, std::min(r, ranking.relevant()))};
}

}  // namespace hashloom::retrieval
