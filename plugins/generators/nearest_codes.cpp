#include "nearest_codes.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <vector>

using namespace hashloom;

namespace {

constexpr uint16_t kLeftOut = std::numeric_limits<uint16_t>::max();

// The clone for processors that count bits in one instruction is chosen when the library is opened.
__attribute__((target_clones("popcnt", "default"))) void measure(const uint64_t* words, int64_t items, int64_t per_item,
                                                                 const uint64_t* code, uint16_t* distances) {
  if (per_item == 1) {
    for (int64_t n = 0; n < items; ++n) distances[n] = static_cast<uint16_t>(std::popcount(words[n] ^ code[0]));
    return;
  }
  for (int64_t n = 0; n < items; ++n) {
    int distance = 0;
    for (int64_t i = 0; i < per_item; ++i) distance += std::popcount(words[n * per_item + i] ^ code[i]);
    distances[n] = static_cast<uint16_t>(distance);
  }
}

/// All items at the distance at which one stands when sorted.
struct Ties {
  uint16_t distance;
  uint64_t count;
};

Ties ties_at(const std::vector<uint16_t>& distances, int64_t bits, int64_t rank) {
  std::vector<uint64_t> counts(bits + 1, 0);
  uint16_t limit = static_cast<uint16_t>(bits);
  uint64_t within = 0;  // items up to `limit`
  for (const uint16_t distance : distances) {
    if (distance > limit) continue;
    ++counts[distance];
    ++within;
    while (within - counts[limit] > static_cast<uint64_t>(rank)) within -= counts[limit--];
  }
  return {limit, counts[limit]};
}

}  // namespace

int64_t NearestCodes::pick(std::span<const uint64_t> code, int64_t left_out, int64_t rank, uint64_t luck) const {
  thread_local std::vector<uint16_t> distances;
  distances.resize(codes_.items());
  measure(codes_.words().data(), codes_.items(), codes_.words_per_item(), code.data(), distances.data());
  if (left_out >= 0) distances[left_out] = kLeftOut;
  const Ties ties = ties_at(distances, codes_.bits(), rank);
  auto at = distances.begin() - 1;
  for (uint64_t passed = 0; passed <= luck % ties.count; ++passed)
    at = std::find(at + 1, distances.end(), ties.distance);
  return at - distances.begin();
}
