#include "distances.hpp"

namespace hashloom::retrieval {
namespace {

using Words = std::span<const uint64_t>;
using Scan = std::vector<uint16_t> (*)(Words query, Words database);

[[gnu::always_inline]] inline std::vector<uint16_t> scan_one_word(uint64_t query, Words database) {
  std::vector<uint16_t> distances(database.size());
  for (size_t i = 0; i < database.size(); ++i)
    distances[i] = static_cast<uint16_t>(__builtin_popcountll(query ^ database[i]));
  return distances;
}

[[gnu::always_inline]] inline std::vector<uint16_t> scan(Words query, Words database) {
  if (query.size() == 1) return scan_one_word(query[0], database);
  std::vector<uint16_t> distances(database.size() / query.size(), 0);
  const uint64_t* word = database.data();
  for (uint16_t& distance : distances)
    for (const uint64_t wanted : query) distance += static_cast<uint16_t>(__builtin_popcountll(wanted ^ *word++));
  return distances;
}

std::vector<uint16_t> scan_anywhere(Words query, Words database) { return scan(query, database); }

#if defined(__x86_64__)
[[gnu::target("popcnt")]] std::vector<uint16_t> scan_by_popcnt(Words query, Words database) {
  return scan(query, database);
}

Scan best_scan() { return __builtin_cpu_supports("popcnt") ? scan_by_popcnt : scan_anywhere; }
#else
Scan best_scan() { return scan_anywhere; }
#endif

}  // namespace

std::vector<uint16_t> hamming_distances(std::span<const uint64_t> query, std::span<const uint64_t> database) {
  static const Scan scan_here = best_scan();
  return scan_here(query, database);
}

}  // namespace hashloom::retrieval
