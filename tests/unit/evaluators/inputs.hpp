#pragma once
#include <hashloom/roles.hpp>
#include <string>
#include <vector>

namespace hashloom::test {

/// Codes as they are read: "0110" sets bits 1 and 2.
Codes codes_of(const std::vector<std::string>& rows);

/// Uniformly random codes.
Codes random_codes(int64_t items, int64_t bits, uint64_t seed);

/// int32 [N]
Tensor labels_of(std::vector<int32_t> labels);

/// Uniformly random labels 0 to classes - 1.
Tensor random_labels(int64_t items, int64_t classes, uint64_t seed);

/// What evaluator/retrieval takes; the training split is the database.
EvaluationInputs retrieval_inputs(Codes query, Tensor query_labels, Codes database, Tensor database_labels);

}  // namespace hashloom::test
