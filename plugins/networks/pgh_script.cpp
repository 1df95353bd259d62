#include "pgh_script.hpp"

#include <algorithm>
#include <support/pixels.hpp>

using namespace hashloom;

namespace {

constexpr const char* kNorm = R"(
def norm(self, x: Tensor, weight: Tensor, bias: Tensor, mean: Tensor, variance: Tensor) -> Tensor:
    return torch.batch_norm(x, weight, bias, mean, variance, False, 0.1, 1e-05, False)
)";

// What FeatureTrunk does.
constexpr const char* kFeatures = R"(
def forward(self, features: Tensor) -> Tensor:
    x = torch.linear(torch.matmul(features - self.trunk_mean, self.trunk_into), self.trunk_first_weight)
    x = self.norm(x, self.trunk_norm_weight, self.trunk_norm_bias, self.trunk_norm_running_mean,
                  self.trunk_norm_running_var)
    return torch.sigmoid(torch.linear(torch.relu(x), self.head_weight, self.head_bias))

def bits(self, features: Tensor) -> Tensor:
    return self.forward(features) > 0.5
)";

// What support::Trunk, to_floats() and to_canvas() do.
constexpr const char* kImages = R"(
def forward(self, images: Tensor) -> Tensor:
    x = torch.constant_pad_nd(images * (1.0 / 127.5) - 1.0, [LEFT, RIGHT, TOP, BOTTOM], -1.0)
    x = torch.conv2d(x, self.trunk_first_weight, self.trunk_first_bias, [2, 2], [1, 1], [1, 1], 1)
    x = torch.leaky_relu(x, 0.2)
    x = torch.conv2d(x, self.trunk_second_weight, None, [2, 2], [1, 1], [1, 1], 1)
    x = self.norm(x, self.trunk_second_norm_weight, self.trunk_second_norm_bias, self.trunk_second_norm_running_mean,
                  self.trunk_second_norm_running_var)
    x = torch.leaky_relu(x, 0.2)
    x = torch.conv2d(x, self.trunk_third_weight, None, [2, 2], [1, 1], [1, 1], 1)
    x = self.norm(x, self.trunk_third_norm_weight, self.trunk_third_norm_bias, self.trunk_third_norm_running_mean,
                  self.trunk_third_norm_running_var)
    x = torch.flatten(torch.permute(torch.leaky_relu(x, 0.2), [0, 2, 3, 1]), 1)
    return torch.sigmoid(torch.linear(x, self.head_weight, self.head_bias))

def bits(self, images: Tensor) -> Tensor:
    return self.forward(images) > 0.5
)";

std::string replaced(std::string text, const std::string& what, int64_t number) {
  return text.replace(text.find(what), what.size(), std::to_string(number));
}

std::string source_for(const ImageSpec& spec) {
  const auto canvas = support::canvas_of(spec);
  const int64_t down = canvas.height - spec.height, across = canvas.width - spec.width;
  auto source = replaced(std::string(kNorm) + kImages, "LEFT", across / 2);
  source = replaced(source, "RIGHT", across - across / 2);
  source = replaced(source, "TOP", down / 2);
  return replaced(source, "BOTTOM", down - down / 2);
}

TorchScript script_of(const PghNetworkImpl& network, std::string source) {
  TorchScript script{std::move(source), {}};
  const auto add = [&](std::string name, const Tensor& tensor) {
    std::ranges::replace(name, '.', '_');
    script.tensors[name] = tensor.detach().cpu().contiguous();
  };
  for (const auto& parameter : network.named_parameters()) add(parameter.key(), parameter.value());
  for (const auto& buffer : network.named_buffers()) add(buffer.key(), buffer.value());
  return script;
}

}  // namespace

TorchScript pgh_script(const PghNetworkImpl& network, const ImageSpec& spec) {
  return script_of(network, source_for(spec));
}

TorchScript feature_script(const PghNetworkImpl& network) { return script_of(network, std::string(kNorm) + kFeatures); }
