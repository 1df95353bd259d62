#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace hashloom::retrieval {

/// Hamming distances from one code to every row of `database`, words as in Codes. One query is the words of one row.
std::vector<uint16_t> hamming_distances(std::span<const uint64_t> query, std::span<const uint64_t> database);

}  // namespace hashloom::retrieval
