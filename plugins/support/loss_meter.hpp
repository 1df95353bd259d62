#pragma once
#include <hashloom/context.hpp>

namespace hashloom::support {

/// Follows the losses of one epoch: tells progress every step, looks at the figures every few (reading one waits for
/// the device), records their means at the end, and throws TrainingError when one is not a number.
class LossMeter {
 public:
  /// `names`: "discriminator" is recorded as "discriminator loss". `learning_rate` stands in the remedy.
  LossMeter(Context& run, std::vector<std::string_view> names, int64_t images, double learning_rate);

  void add(const std::vector<Tensor>& losses, int64_t images);
  void finish();

 private:
  std::vector<double> read(const Tensor& losses) const;

  Context* run_;
  std::vector<std::string_view> names_;
  int64_t images_, done_ = 0, steps_ = 0;
  double learning_rate_;
  Tensor sum_;
  std::vector<std::pair<std::string_view, double>> latest_;
};

}  // namespace hashloom::support
