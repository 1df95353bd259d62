#pragma once
#include <engine/machine.hpp>
#include <engine/recorder.hpp>
#include <filesystem>
#include <hashloom/roles.hpp>

namespace hashloom::engine {

/// What a stage's context needs besides the recorder.
struct StageSetting {
  Position position;
  std::string path;  ///< "gist", "pgh/gan": what seeds are made from
  uint64_t run_seed = 0;
  Machine machine;
  Component* component = nullptr;    ///< whose state() epochs save and restore
  std::filesystem::path epoch_file;  ///< where; empty: epochs are not saved
  std::string build_id;              ///< an epoch file of another build is not used
};

/// The host's side of Context for one stage in one round.
class StageContext final : public Context {
 public:
  StageContext(StageSetting setting, Recorder& recorder);

  int64_t round() const override { return setting_.position.round; }
  at::Device device() const override { return setting_.machine.device; }
  bool bf16() const override { return setting_.machine.bf16; }
  at::Generator random() override;
  void progress(int64_t done, int64_t total, std::string_view unit, Losses losses) override;
  void metric(std::string_view name, double value, const MetricStyle& style) override;
  void picture(const Picture& picture) override;
  void curve(const Curve& curve) override;
  void warn(std::string_view trouble, const std::string& evidence, const std::string& remedy) override;
  bool stop_requested() const override;

  uint64_t seed() const;  ///< what the stage's random numbers start from before its first epoch
  bool used_random() const { return used_random_; }
  double seconds() const;  ///< since the start, tries before a resume included
  const Position& position() const { return setting_.position; }

 private:
  using Clock = std::chrono::steady_clock;
  int64_t first_epoch(int64_t count) override;
  void start_epoch(int64_t epoch, int64_t count) override;
  void finish_epoch(int64_t epoch, int64_t count) override;
  void reseed(int64_t epoch);
  void save_epoch(int64_t epoch, int64_t seq);

  StageSetting setting_;
  Recorder* recorder_;
  at::Generator random_;
  bool used_random_ = false;
  int64_t loops_entered_ = 0, epochs_ = 0;
  double earlier_seconds_ = 0;
  Clock::time_point started_, epoch_started_;
};

}  // namespace hashloom::engine
