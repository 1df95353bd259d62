#pragma once
#include <hashloom/plugin.hpp>

namespace hashloom::plugins {

/// How many items a component maps at once; everywhere the same, for other shapes may round otherwise.
inline constexpr int64_t kBatch = 500;

/// What a feature, hasher or network that has learned gives for a batch: features float32 [n, D] or bits bool [n, k].
/// Throws ShapeError, naming the component, for anything else.
Tensor map_batch(const std::string& id, const Instance& instance, const Tensor& batch);

}  // namespace hashloom::plugins
