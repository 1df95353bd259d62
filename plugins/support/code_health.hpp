#pragma once
#include "trouble.hpp"

namespace hashloom::support {

/// What can be told about codes without labels.
struct CodeHealth {
  int64_t items = 0;
  int64_t distinct = 0;         ///< different codes among the items
  int64_t distinct_before = 0;  ///< the same of the codes that trained the network
  double correlation = 0;       ///< mean absolute correlation of two bits; 0.15 to 0.25 is healthy
  double changed = 0;           ///< fraction of bits that differ from before
};

/// Of bool [n, k] now and before. A bit that never varies counts as fully correlated with every other.
CodeHealth examine(const Tensor& bits, const Tensor& before);

/// `round` as in Context.
std::vector<Trouble> troubles(const CodeHealth& health, int64_t round);

}  // namespace hashloom::support
