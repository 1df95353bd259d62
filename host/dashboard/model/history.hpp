#pragma once
#include <cstdint>
#include <dashboard/model/series.hpp>
#include <deque>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace hashloom::dash {

/// What was recorded in each round (0: before round 1, or outside of loops).
template <class Value>
using ByRound = std::map<int64_t, Value>;

/// The value that held in a round: the latest one not after it. Null where there is none.
template <class Value>
const Value* at_round(const ByRound<Value>& all, int64_t round) {
  const auto after = all.upper_bound(round);
  return after == all.begin() ? nullptr : &std::prev(after)->second;
}

enum class StageState { waiting, working, finished, cached, failed };
const char* name(StageState state);

struct StageStatus {
  std::string name, uses, loop;
  StageState state = StageState::waiting;
  int64_t round = 0, epoch = 0, epochs = 0;  ///< epochs 0: it has none
  double done = 0, total = 0, rate = 0;      ///< of the epoch (or of the whole stage), units a second
  std::string unit;
  double seconds = 0;  ///< that it took, when it has ended

  double share() const;  ///< done, in [0, 1], of all epochs of the round
  /// By its rate: seconds to the end of the round's epochs. Nothing before a rate is known.
  std::optional<double> seconds_left() const;
};

struct MetricSeries {
  std::string stage, name, unit;
  bool is_headline = false;
  ByRound<double> values;
};

/// x counts epochs over all rounds, the one at work as a fraction.
struct LossSeries {
  std::string stage, name;
  Series points;
};

struct RecordedPicture {
  std::string blob, caption;

  bool operator==(const RecordedPicture&) const = default;
};
struct PictureSeries {
  std::string stage, name;
  ByRound<RecordedPicture> pictures;
};

struct RecordedCurve {
  std::vector<double> x, y;
  std::string x_label, y_label;
};
/// What curves lie within; nothing before the first point was taken.
struct Bounds {
  double left = 1e300, right = -1e300, low = 1e300, high = -1e300;

  void take(const RecordedCurve& curve);
};
struct CurveSeries {
  std::string stage, name;
  ByRound<RecordedCurve> curves;
  Bounds bounds;  ///< of all rounds
};

struct RecordedCodes {
  std::string blob;
  int64_t bits = 0;
};

enum class Severity { plain, warning, error };
struct LogLine {
  double wall = 0;
  Severity severity = Severity::plain;
  std::string stage;
  int64_t round = -1;  ///< -1: none
  std::string text;
};

/// What a run's events say: it grows with rounds, not with steps. Events are taken in their order; those that do not
/// count (events::without_undone) must be left out.
class History {
 public:
  void take(const nlohmann::json& event);

  std::string run_name, device, precision;
  std::vector<StageStatus> stages;
  int64_t planned_rounds = 0;  ///< of the longest loop
  std::vector<MetricSeries> metrics;
  std::vector<LossSeries> losses;
  std::map<std::string, ByRound<double>> round_starts;  ///< by stage: the x of LossSeries where each round began
  std::vector<PictureSeries> pictures;
  std::vector<CurveSeries> curves;
  ByRound<RecordedCodes> train_codes;
  int64_t rounds_ended = 0;
  std::deque<LogLine> log;  ///< the last 10,000
  bool is_paused = false;
  double first_wall = 0, last_wall = 0;
  int64_t events = 0;
  std::vector<nlohmann::json> ending;  ///< what events::state_of asks for: end, error, and the last event

  int64_t last_round() const;  ///< the latest that has been judged: by codes, a headline metric or pictures
  const CurveSeries* curve(const std::string& name) const;
  const PictureSeries* picture(const std::string& name) const;

 private:
  using Take = void (History::*)(const nlohmann::json&);
  static const std::map<std::string, Take, std::less<>>& takers();
  void take_run(const nlohmann::json& event);
  void take_stage(const nlohmann::json& event);
  void take_progress(const nlohmann::json& event);
  void take_epoch(const nlohmann::json& event);
  void take_metric(const nlohmann::json& event);
  void take_picture(const nlohmann::json& event);
  void take_curve(const nlohmann::json& event);
  void take_codes(const nlohmann::json& event);
  void take_round(const nlohmann::json& event);
  void take_control(const nlohmann::json& event);
  void take_told(const nlohmann::json& event);
  void take_losses(const nlohmann::json& event, double x);
  void keep_ending(const nlohmann::json& event);
  void say(const nlohmann::json& event, Severity severity, std::string text);
  StageStatus& stage_of(const nlohmann::json& event);

  std::map<std::string, double> epochs_done_;  ///< by stage, over all rounds
};

}  // namespace hashloom::dash
