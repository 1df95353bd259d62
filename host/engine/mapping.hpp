#pragma once
#include <engine/stage_context.hpp>
#include <functional>
#include <hashloom/images.hpp>
#include <hashloom/split.hpp>

namespace hashloom::engine {

/// Maps a batch, on the run's device, to as many rows.
using BatchMap = std::function<Tensor(const Tensor& batch)>;

/// Applies `map` to every split, by batches, telling progress; results are on the CPU. Where the database is the
/// training split it is mapped once and shared. Throws ShapeError if batches give rows of different shapes or types.
Splits<Tensor> map_splits(const Splits<ImagesPtr>& images, StageContext& run, const BatchMap& map);
Splits<Tensor> map_splits(const Splits<Tensor>& features, StageContext& run, const BatchMap& map);

}  // namespace hashloom::engine
