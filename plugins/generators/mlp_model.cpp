#include "mlp_model.hpp"

using namespace hashloom;

MlpModel::MlpModel(const MlpShape& shape, at::Device device, const Adam::Options& options)
    : space_(shape.features, shape.components, device), gan_(shape, device, options) {}

void MlpModel::initialise(const Tensor& features, at::Generator random) {
  space_.fit(features);
  gan_.initialise(random);
}

MlpModel::Gan::Losses MlpModel::step(const Tensor& features, const Tensor& codes, Context& run) {
  return gan_.step(space_.enter(features), codes, run);
}

Tensor MlpModel::draw(const Tensor& noise, const Tensor& codes, bool bf16) const {
  const at::NoGradGuard no_gradient;
  return space_.leave(gan_.draw(noise, codes, bf16));
}

Tensor MlpModel::judge(const Tensor& features, const Tensor& codes, bool bf16) const {
  const at::NoGradGuard no_gradient;
  return gan_.judge(space_.enter(features), codes, bf16);
}

void MlpModel::state(State& s) {
  space_.state(s, "space");
  gan_.state(s);
}
