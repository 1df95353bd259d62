#pragma once
#include <hashloom/plugin.hpp>
#include <map>

namespace hashloom::validate {

/// A context for one component alone: seeds as the host does (anew each epoch), keeps what is recorded, and saves
/// state() after each epoch if asked to stop there.
class ToyContext final : public Context {
 public:
  explicit ToyContext(uint64_t seed);

  /// Throws Stopped after the first epoch, when `component` has been asked for its state.
  void stop_after_first_epoch(Component& component) { stopping_ = &component; }
  /// Lets `component` go on from what saved() another context gave.
  void resume(Component& component, std::map<std::string, Tensor> saved);

  const std::map<std::string, Tensor>& saved() const { return saved_; }
  int64_t epochs_begun() const { return epochs_begun_; }
  const std::map<std::string, Tensor>& recorded() const { return recorded_; }  ///< metrics, pictures, curves

  int64_t round() const override { return 0; }
  at::Device device() const override { return at::kCPU; }
  bool bf16() const override { return false; }
  at::Generator random() override { return random_; }
  void progress(int64_t, int64_t, std::string_view, Losses) override {}
  void metric(std::string_view name, double value, const MetricStyle&) override;
  void picture(const Picture& picture) override;
  void curve(const Curve& curve) override;
  void warn(std::string_view, const std::string&, const std::string&) override {}
  bool stop_requested() const override { return false; }

 private:
  int64_t first_epoch(int64_t count) override;
  void start_epoch(int64_t epoch, int64_t count) override;
  void finish_epoch(int64_t epoch, int64_t count) override;
  void record(const std::string& name, Tensor value);

  uint64_t seed_;
  at::Generator random_;
  Component *stopping_ = nullptr, *resumed_ = nullptr;
  std::map<std::string, Tensor> saved_, recorded_;
  int64_t epochs_begun_ = 0;
};

}  // namespace hashloom::validate
