#pragma once
#include <c10/core/Device.h>

#include <hashloom/errors.hpp>
#include <workflow/workflow.hpp>

namespace hashloom::engine {

/// Where and how a run computes; fixed for the whole run, resumed parts included.
struct Machine {
  at::Device device = at::kCPU;
  bool bf16 = false;
  int64_t threads = 1;
};

/// A device that the workflow asks for and this machine lacks.
class NoSuchDevice : public Error {
 public:
  using Error::Error;
};

/// Decides what "auto" is here. Throws NoSuchDevice.
Machine machine_for(const workflow::Workflow& workflow);

/// Sets LibTorch's threads and deterministic algorithms for the process and opens what the device needs. Throws
/// NoSuchDevice.
void prepare(const Machine& machine);

/// "avx512_bf16", "avx2", ...: what the processor's kernels were chosen by; part of a key, for other kernels round
/// otherwise.
std::string instruction_set();

}  // namespace hashloom::engine
