#include "adversary.hpp"

#include <ATen/ops/softplus.h>

using hashloom::Tensor;

Tensor adversary::loss_if_real(const Tensor& logits) { return at::softplus(-logits).mean(); }
Tensor adversary::loss_if_synthetic(const Tensor& logits) { return at::softplus(logits).mean(); }
