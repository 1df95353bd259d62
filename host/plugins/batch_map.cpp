#include <fmt/format.h>

#include <plugins/batch_map.hpp>
#include <stdexcept>

namespace hashloom::plugins {
namespace {

Tensor given_by(const Instance& instance, const Tensor& batch) {
  if (instance.feature) return instance.feature->features(batch);
  if (instance.hasher) return instance.hasher->bits(batch);
  if (instance.network) return instance.network->bits(batch);
  throw std::logic_error("only features, hashers and networks map batches");
}

}  // namespace

Tensor map_batch(const std::string& id, const Instance& instance, const Tensor& batch) {
  const Tensor given = given_by(instance, batch);
  const bool is_feature = instance.feature != nullptr;
  const auto type = is_feature ? at::kFloat : at::kBool;
  if (!given.defined() || given.dim() != 2 || given.size(0) != batch.size(0) || given.scalar_type() != type)
    throw ShapeError(fmt::format("{} gives {} {} for a batch {}; {} [{}, {}] was promised", id,
                                 is_feature ? "features" : "bits", describe(given), describe(batch),
                                 is_feature ? "float32" : "bool", batch.size(0), is_feature ? "D" : "k"));
  return given;
}

}  // namespace hashloom::plugins
