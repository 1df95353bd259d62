#pragma once
#include <hashloom/plugin.hpp>
#include <map>
#include <optional>

namespace hashloom::test {

/// A component from the build's plugin folder with the schema's defaults and these values on top, checked against
/// bounds.
Instance make(const std::string& plugin, const std::string& id, std::map<std::string, ParamValue> values = {});

/// A context for one stage alone: remembers what was recorded; epochs run from 1, without checkpoints.
class RecordingContext final : public Context {
 public:
  explicit RecordingContext(uint64_t seed = 1, int64_t round = 0);

  int64_t round() const override { return round_; }
  at::Device device() const override { return at::kCPU; }
  bool bf16() const override { return use_bf16; }
  at::Generator random() override { return random_; }
  void progress(int64_t done, int64_t total, std::string_view unit, Losses losses) override;
  void metric(std::string_view name, double value, const MetricStyle& style) override;
  void picture(const Picture& picture) override;
  void curve(const Curve& curve) override;
  void warn(std::string_view trouble, const std::string& evidence, const std::string& remedy) override;
  bool stop_requested() const override { return false; }

  bool use_bf16 = false;
  std::map<std::string, std::vector<double>> metrics;  ///< in the order recorded
  std::map<std::string, Picture> pictures;
  std::map<std::string, std::pair<std::vector<double>, std::vector<double>>> curves;
  std::vector<std::string> warnings;  ///< "trouble: evidence"

 private:
  int64_t first_epoch(int64_t) override { return 1; }
  void start_epoch(int64_t epoch, int64_t) override;
  void finish_epoch(int64_t, int64_t) override {}

  uint64_t seed_;
  int64_t round_;
  at::Generator random_;
};

}  // namespace hashloom::test
