#include "initialise.hpp"

#include <string>

#include "channels_last.hpp"

namespace hashloom::support {
namespace {

constexpr double kDeviation = 0.02;

bool is_scale(const std::string& name) { return name.ends_with("weight"); }

}  // namespace

void initialise(torch::nn::Module& module, at::Generator random) {
  const at::NoGradGuard no_grad;
  for (auto& [name, parameter] : module.named_parameters().pairs()) {
    if (parameter.dim() > 1)
      parameter.normal_(0, kDeviation, random);
    else
      parameter.fill_(is_scale(name) ? 1 : 0);
  }
}

void place(torch::nn::Module& module, at::Device device) {
  module.to(device);
  for (auto& parameter : module.parameters())
    if (parameter.dim() == 4)
      parameter.set_data(channels_last(parameter.sizes(), parameter.options()).copy_(parameter));
}

}  // namespace hashloom::support
