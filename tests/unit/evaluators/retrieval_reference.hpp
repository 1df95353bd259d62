#pragma once
#include <cstdint>
#include <hashloom/codes.hpp>
#include <vector>

/// Slow, plain computations of what evaluator/retrieval computes in closed form.
namespace hashloom::test {

struct Item {
  int64_t distance;
  bool relevant;
};

/// The database as one query sees it, bit by bit and label by label, in the database's order.
std::vector<Item> seen_by(int64_t query, const Codes& queries, const Tensor& query_labels, const Codes& database,
                          const Tensor& database_labels);

/// AP of the first r items of a ranking, divided by min(r, relevant items) or by the relevant ones among the first r.
enum class Divided { by_retrieved, by_min };
double average_precision(const std::vector<Item>& ranking, int64_t r, Divided divided);

/// Ties in the database's order.
std::vector<Item> stably_sorted(std::vector<Item> items);

/// The mean of average_precision over every order of the items that is sorted by distance. At most 8 items.
double mean_over_all_orders(const std::vector<Item>& items, int64_t r, Divided divided);

/// The same expectation, place by place: at each place of a bucket the next item is relevant with the share of relevant
/// items that are left in it. Keeps the distribution of hits so far and the sum of precisions for each.
struct Expected {
  double average_precision, hits;  ///< hits: expected relevant items among the first r
};
Expected expected_place_by_place(const std::vector<Item>& items, int64_t r, Divided divided);

}  // namespace hashloom::test
