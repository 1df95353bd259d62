#pragma once
#include <hashloom/train.hpp>

namespace hashloom::support {

/// Matrices and kernels from N(0, 0.02) as DCGAN has it (Radford et al. 2015), scales of batch norms 1, biases 0.
/// The module is on the CPU; numbers come from `random` alone.
void initialise(torch::nn::Module& module, at::Generator random);

/// Moves the module to `device`, kernels channels last.
void place(torch::nn::Module& module, at::Device device);

}  // namespace hashloom::support
