#pragma once
#include <atomic>
#include <engine/control.hpp>
#include <engine/machine.hpp>
#include <engine/recorder.hpp>
#include <filesystem>
#include <functional>
#include <hashloom/roles.hpp>
#include <vector>

namespace hashloom::engine {

/// What a stage's context needs besides the recorder.
struct StageSetting {
  Position position;
  std::string path;  ///< "gist", "pgh/gan": what seeds are made from
  uint64_t run_seed = 0;
  Machine machine;
  Component* component = nullptr;              ///< whose state() epochs save and restore
  std::filesystem::path epoch_file;            ///< where; empty: epochs are not saved
  std::string build_id;                        ///< an epoch file of another build is not used
  bool is_silent = false;                      ///< what it records was recorded before: only progress is told
  std::function<void()> on_random;             ///< called before the first random number
  std::map<std::string, ParamValue> params;    ///< at the start of the round
  Control* control = nullptr;                  ///< null: nobody may change anything
  const std::atomic<bool>* failing = nullptr;  ///< set where another stage of the run failed: stop at once
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

  /// Writes what was recorded since the last time; under the caller's Commit. It was told when it came.
  void write_recorded();
  /// All that was recorded since this context was made, without stage, loop and round; and whether that is all of the
  /// stage's work (not where a resumed run goes on after an epoch).
  const std::vector<nlohmann::json>& recorded() const { return recorded_; }
  bool began_at_first_epoch() const { return !skipped_epochs_; }

  uint64_t seed() const;  ///< what the stage's random numbers start from before its first epoch
  bool used_random() const { return used_random_; }
  double seconds() const;  ///< since the start, tries before a resume included
  const Position& position() const { return setting_.position; }

 private:
  using Clock = std::chrono::steady_clock;
  int64_t first_epoch(int64_t count) override;
  void start_epoch(int64_t epoch, int64_t count) override;
  void finish_epoch(int64_t epoch, int64_t count) override;
  bool is_failing() const;
  void reseed(int64_t epoch);
  void save_epoch(int64_t epoch, int64_t seq);
  void note(nlohmann::json event);
  void tune(int64_t epoch);

  StageSetting setting_;
  Recorder* recorder_;
  at::Generator random_;
  bool used_random_ = false, skipped_epochs_ = false;
  std::vector<nlohmann::json> recorded_;
  size_t tunings_applied_ = 0;
  size_t written_ = 0;                                ///< of recorded_
  nlohmann::json losses_ = nlohmann::json::object();  ///< as told last
  int64_t loops_entered_ = 0, epochs_ = 0;
  double earlier_seconds_ = 0;
  Clock::time_point started_, epoch_started_;
};

}  // namespace hashloom::engine
