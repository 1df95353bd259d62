#include "inputs.hpp"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/ops/rand.h>
#include <ATen/ops/randint.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros.h>

namespace hashloom::test {

Codes codes_of(const std::vector<std::string>& rows) {
  Tensor bits = at::zeros({static_cast<int64_t>(rows.size()), static_cast<int64_t>(rows.front().size())}, at::kBool);
  bool* out = bits.mutable_data_ptr<bool>();
  for (const auto& row : rows)
    for (const char bit : row) *out++ = bit == '1';
  return Codes::pack(bits);
}

Codes random_codes(int64_t items, int64_t bits, uint64_t seed) {
  return Codes::pack(at::rand({items, bits}, at::make_generator<at::CPUGeneratorImpl>(seed)) > 0.5);
}

Tensor labels_of(std::vector<int32_t> labels) { return at::tensor(labels, at::kInt); }

Tensor random_labels(int64_t items, int64_t classes, uint64_t seed) {
  return at::randint(classes, {items}, at::make_generator<at::CPUGeneratorImpl>(seed), at::kInt);
}

EvaluationInputs retrieval_inputs(Codes query, Tensor query_labels, Codes database, Tensor database_labels) {
  EvaluationInputs in;
  in.codes_by_port["codes"] = {database, std::move(query), database};
  in.labels_by_port["labels"] = {database_labels, std::move(query_labels), database_labels};
  return in;
}

}  // namespace hashloom::test
