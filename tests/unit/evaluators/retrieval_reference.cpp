#include "retrieval_reference.hpp"

#include <algorithm>
#include <numeric>

namespace hashloom::test {
namespace {

int64_t count_relevant(const std::vector<Item>& items) { return std::ranges::count_if(items, &Item::relevant); }

double divided_or_zero(double sum, int64_t by) { return by == 0 ? 0 : sum / static_cast<double>(by); }

struct Chance {
  double probability = 0,
         sum = 0;  ///< of so many hits; expected sum of precisions where it is so, times the probability
};
using ByHits = std::vector<Chance>;

/// One more place, number `place` of the ranking, of a bucket with `left` items left; `relevant_left(hits)` are
/// relevant.
template <class RelevantLeft>
ByHits next_place(const ByHits& now, int64_t place, int64_t left, const RelevantLeft& relevant_left) {
  ByHits next(now.size() + 1);
  for (size_t hits = 0; hits < now.size(); ++hits) {
    const double chance = static_cast<double>(relevant_left(hits)) / static_cast<double>(left);
    const double precision = static_cast<double>(hits + 1) / static_cast<double>(place);
    next[hits].probability += now[hits].probability * (1 - chance);
    next[hits].sum += now[hits].sum * (1 - chance);
    next[hits + 1].probability += now[hits].probability * chance;
    next[hits + 1].sum += (now[hits].sum + now[hits].probability * precision) * chance;
  }
  return next;
}

}  // namespace

std::vector<Item> seen_by(int64_t query, const Codes& queries, const Tensor& query_labels, const Codes& database,
                          const Tensor& database_labels) {
  const Tensor wanted = queries.unpack()[query], bits = database.unpack();
  const int32_t label = query_labels[query].item<int32_t>();
  std::vector<Item> items;
  for (int64_t i = 0; i < database.items(); ++i)
    items.push_back({bits[i].ne(wanted).sum().item<int64_t>(), database_labels[i].item<int32_t>() == label});
  return items;
}

double average_precision(const std::vector<Item>& ranking, int64_t r, Divided divided) {
  double sum = 0;
  int64_t hits = 0;
  for (int64_t i = 0; i < std::min<int64_t>(r, ranking.size()); ++i)
    if (ranking[i].relevant) sum += static_cast<double>(++hits) / static_cast<double>(i + 1);
  return divided_or_zero(sum, divided == Divided::by_retrieved ? hits : std::min(r, count_relevant(ranking)));
}

std::vector<Item> stably_sorted(std::vector<Item> items) {
  std::ranges::stable_sort(items, {}, &Item::distance);
  return items;
}

double mean_over_all_orders(const std::vector<Item>& items, int64_t r, Divided divided) {
  std::vector<size_t> order(items.size());
  std::iota(order.begin(), order.end(), 0);
  double sum = 0;
  int64_t orders = 0;
  do {
    std::vector<Item> ranking;
    for (const size_t i : order) ranking.push_back(items[i]);
    if (!std::ranges::is_sorted(ranking, {}, &Item::distance)) continue;
    sum += average_precision(ranking, r, divided);
    ++orders;
  } while (std::ranges::next_permutation(order).found);
  return sum / static_cast<double>(orders);
}

Expected expected_place_by_place(const std::vector<Item>& items, int64_t r, Divided divided) {
  const auto sorted = stably_sorted(items);
  const auto total = static_cast<int64_t>(sorted.size());
  ByHits now{{1, 0}};
  int64_t up_to_here = 0;  // relevant items up to the end of the bucket
  int64_t end = 0;
  for (int64_t place = 1; place <= std::min(r, total); ++place) {
    for (; end < total && sorted[end].distance == sorted[place - 1].distance; ++end) up_to_here += sorted[end].relevant;
    now = next_place(now, place, end - place + 1,
                     [&](int64_t hits) { return std::clamp<int64_t>(up_to_here - hits, 0, end - place + 1); });
  }
  Expected expected{0, 0};
  const int64_t min = std::min(r, count_relevant(items));
  for (size_t hits = 0; hits < now.size(); ++hits) {
    expected.hits += static_cast<double>(hits) * now[hits].probability;
    expected.average_precision += divided_or_zero(now[hits].sum, divided == Divided::by_retrieved ? hits : min);
  }
  return expected;
}

}  // namespace hashloom::test
