#pragma once
#include <hashloom/tensor.hpp>
#include <map>
#include <string>

namespace hashloom {

/// What a component computes, as a program that LibTorch and PyTorch run without the plugin.
struct TorchScript {
  std::string source;                     ///< TorchScript functions; `self.NAME` is a tensor
  std::map<std::string, Tensor> tensors;  ///< by NAME: letters, digits and '_'
};

/// Codes that are signs of projections: forward gives (x - mean) planes, bits its signs.
HASHLOOM_API TorchScript projection_script(const Tensor& mean, const Tensor& planes);

}  // namespace hashloom
