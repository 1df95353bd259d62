#include <hashloom/torch_script.hpp>

namespace hashloom {

TorchScript projection_script(const Tensor& mean, const Tensor& planes) {
  return {R"(
def forward(self, features: Tensor) -> Tensor:
    return torch.matmul(features - self.mean, self.planes)

def bits(self, features: Tensor) -> Tensor:
    return self.forward(features) > 0
)",
          {{"mean", mean}, {"planes", planes}}};
}

}  // namespace hashloom
