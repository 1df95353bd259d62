#pragma once
#include <chrono>
#include <control/request.hpp>
#include <engine/control_record.hpp>
#include <engine/recorder.hpp>
#include <map>
#include <memory>
#include <mutex>
#include <plugins/catalogue.hpp>
#include <set>
#include <workflow/workflow.hpp>

namespace hashloom::engine {

/// Takes what people ask of a run while it goes on (control.jsonl), from any thread, and says what it took as events
/// {kind: control}. What changes results is in checkpoints/control.json before it has an effect.
class Control {
 public:
  Control(const std::filesystem::path& run, const workflow::Workflow& workflow, plugins::Components& components,
          Recorder& recorder);

  /// Takes new requests, and waits as long as the run is paused. Throws Stopped when the user asks to stop meanwhile.
  void look();
  /// The same, at most five times a second.
  void look_now_and_then();

  bool stop_after_round() const;

  /// The component that the stage uses in that round: a rebuilt one from the round on that took it.
  const plugins::ComponentInfo& component(const workflow::Stage& stage, int64_t round);
  /// Opens what an earlier try of the run took. Build ids of the libraries that were taken.
  std::set<std::string> rebuilt_builds();

  /// A round begins: rebuilt plugins that waited for it are used from here.
  void round_begins(int64_t round);
  /// A stage begins, with none of its epochs done: what waited for it holds from here.
  void stage_begins(const std::string& stage, int64_t round);
  /// The stage's parameters when that round begins, with what was tuned before.
  workflow::Values params_at_start(const workflow::Stage& stage, int64_t round) const;
  /// What was tuned within the round, after its start, in order.
  std::vector<Tuning> tuned_within(const std::string& stage, int64_t round) const;
  /// The epoch begins: what waited for the stage holds from here. Gives all that was tuned within the round up to it.
  std::vector<Tuning> tuned_up_to(const std::string& stage, int64_t round, int64_t epoch);

 private:
  void take(const control::Request& request);
  std::string take_setting(const control::Request& request);
  std::string take_reload(const control::Request& request);
  void settle_waiting(const std::string& stage, int64_t round, int64_t epoch);
  plugins::Catalogue& rebuilt(const Swap& swap);
  std::set<std::string> ids_of(const std::string& plugin);

  const std::filesystem::path run_;
  const workflow::Workflow& workflow_;
  plugins::Components& components_;
  Recorder& recorder_;
  mutable std::recursive_mutex mutex_;
  ControlRecord record_;
  std::map<std::string, std::unique_ptr<plugins::Catalogue>> rebuilt_;  ///< by the folder of their copy
  bool paused_ = false, stop_after_round_ = false;
  std::chrono::steady_clock::time_point looked_{};
};

}  // namespace hashloom::engine
