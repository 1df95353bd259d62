#include <hashloom/plugin.hpp>
using namespace hashloom;

/// The pixels themselves. Images uint8 [n, C, H, W] -> features [n, C * H * W] float32 in [0, 1].
class Pixel final : public Feature {
 public:
  static Schema schema() { return Schema("The pixels, scaled to 0 to 1"); }
  explicit Pixel(const Params&) {}
  Tensor features(const Tensor& images) const override { return images.flatten(1).to(at::kFloat) / 255; }
  std::optional<TorchScript> torch_script() const override {
    return TorchScript{"def forward(self, images: Tensor) -> Tensor:\n    return torch.flatten(images, 1) / 255.0\n",
                       {}};
  }
};
HASHLOOM_PLUGIN("pixel", "1.0.0", component<Pixel>("feature/pixel"))
