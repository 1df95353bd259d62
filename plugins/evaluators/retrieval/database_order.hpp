#pragma once
#include "tied_ranking.hpp"

namespace hashloom::retrieval {

/// Average precision where items at equal distance stand in the database's order: what most published code does.
struct OrderedPrecision {
  double whole = 0;               ///< AP over the whole ranking, divided by all relevant items
  double cut_over_retrieved = 0;  ///< AP over the first r items, divided as Denominator says
  double cut_over_min = 0;
};

/// `ranking` is of the same distances and relevant flags. Ranks come from a counting sort: one pass over the items.
OrderedPrecision in_database_order(std::span<const uint16_t> distances, std::span<const uint8_t> relevant,
                                   const TiedRanking& ranking, int64_t r);

}  // namespace hashloom::retrieval
