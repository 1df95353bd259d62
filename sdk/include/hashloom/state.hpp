#pragma once
#include <hashloom/codes.hpp>
#include <hashloom/tensor.hpp>
#include <map>
#include <string>
#include <vector>

namespace hashloom {

/// Everything that a component has learned, visited by name: the same function saves and loads.
///   void state(State& s) override { s("mean", mean_)("planes", planes_); }
/// A component whose members depend on what it saw (the number of channels, say) visits that first and builds them
/// before it goes on:  s("channels", channels_); if (s.loading()) build();
class HASHLOOM_API State {
 public:
  State() = default;                                      ///< saves
  explicit State(std::map<std::string, Tensor> tensors);  ///< loads from these

  bool loading() const { return loading_; }

  /// Saving: remembers a detached copy on the CPU. Loading: an undefined `tensor` becomes the saved one (on the CPU); a
  /// defined one is overwritten in place, keeping device and memory format. An undefined tensor is saved as absent and
  /// loaded as undefined. Throws ShapeError if a name is missing, stands twice or has another shape.
  State& operator()(const std::string& name, Tensor& tensor);
  State& operator()(const std::string& name, int64_t& value);
  State& operator()(const std::string& name, double& value);
  State& operator()(const std::string& name, bool& value);
  State& operator()(const std::string& name, std::string& value);
  State& operator()(const std::string& name, Codes& value);

  /// What was saved, CPU and contiguous, by name.
  const std::map<std::string, Tensor>& tensors() const { return tensors_; }

 private:
  const Tensor& saved(const std::string& name) const;
  void save(const std::string& name, Tensor tensor);

  bool loading_ = false;
  std::map<std::string, Tensor> tensors_;
};

}  // namespace hashloom
