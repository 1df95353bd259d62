#include <ATen/ops/adaptive_avg_pool2d.h>

#include <hashloom/plugin.hpp>
using namespace hashloom;

/// Mean brightness of the cells of a grid. Images uint8 [n, C, H, W] -> features [n, C * grid * grid] float32 in [0,
/// 1].
class @CLASS@ final : public Feature {
 public:
  static Schema schema() {
    return Schema("Mean brightness of the cells of a grid")
        .param("grid", 7, between(1, 64), "cells in a row")
        .unit("cells");
  }
  explicit @CLASS@(const Params& p) : grid_(p.integer("grid")) {}
  Tensor features(const Tensor& images) const override {
    return at::adaptive_avg_pool2d(images.to(at::kFloat) / 255, {grid_, grid_}).flatten(1);
  }

 private:
  int64_t grid_;
};
HASHLOOM_PLUGIN("@FILE@", "0.1.0", component<@CLASS@>("@ID@"))
