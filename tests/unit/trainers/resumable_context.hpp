#pragma once
#include <hashloom/roles.hpp>
#include <string>
#include <vector>

namespace hashloom::test {

/// A context for one component that keeps its state after every epoch, and starts after one of those when it is told
/// to, as the host does when a run goes on.
class ResumableContext final : public Context {
 public:
  using Saved = std::map<std::string, Tensor>;

  explicit ResumableContext(Component& component, uint64_t seed = 1, int64_t round = 1);
  /// Training starts after `epoch`, from what was saved then.
  void resume_after(int64_t epoch, Saved saved);

  int64_t round() const override { return round_; }
  at::Device device() const override { return at::kCPU; }
  bool bf16() const override { return use_bf16; }
  at::Generator random() override { return random_; }
  void progress(int64_t done, int64_t total, std::string_view unit, Losses losses) override;
  void metric(std::string_view name, double value, const MetricStyle& style) override;
  void picture(const Picture&) override {}
  void curve(const Curve&) override {}
  void warn(std::string_view trouble, const std::string& evidence, const std::string& remedy) override;
  bool stop_requested() const override { return false; }

  bool use_bf16 = false;
  std::vector<Saved> saved;  ///< one an epoch
  std::map<std::string, std::vector<double>> metrics;
  std::vector<std::string> troubles;
  int64_t images_done = 0, images_total = 0;  ///< as progress() told last

 private:
  int64_t first_epoch(int64_t count) override;
  void start_epoch(int64_t epoch, int64_t count) override;
  void finish_epoch(int64_t epoch, int64_t count) override;

  Component* component_;
  uint64_t seed_;
  int64_t round_, first_ = 1;
  Saved from_;
  at::Generator random_;
};

/// What a component's state() saves now.
ResumableContext::Saved saved_state(Component& component);
void load_state(Component& component, ResumableContext::Saved saved);

/// Whether both have the same names and, to the bit, the same values.
bool same_bits(const ResumableContext::Saved& a, const ResumableContext::Saved& b);

}  // namespace hashloom::test
