#include <fmt/format.h>

#include <algorithm>
#include <dashboard/model/history.hpp>
#include <events/fields.hpp>
#include <report/text.hpp>

namespace hashloom::dash {
namespace {

using events::flag;
using events::integer;
using events::number;
using events::text;
using nlohmann::json;

constexpr size_t kMostLogLines = 10000;

int64_t round_of(const json& event) { return integer(event, "round").value_or(0); }

/// The series with that stage and name, made if it is new.
template <class SeriesType>
SeriesType& series_of(std::vector<SeriesType>& all, const std::string& stage, const std::string& name) {
  const auto is_it = [&](const SeriesType& series) { return series.stage == stage && series.name == name; };
  const auto found = std::ranges::find_if(all, is_it);
  if (found != all.end()) return *found;
  all.emplace_back();
  all.back().stage = stage;
  all.back().name = name;
  return all.back();
}

template <class SeriesType>
const SeriesType* named(const std::vector<SeriesType>& all, const std::string& name) {
  const auto found = std::ranges::find(all, name, &SeriesType::name);
  return found == all.end() ? nullptr : &*found;
}

std::vector<double> numbers(const json& event, const char* key) {
  std::vector<double> values;
  if (!event.contains(key) || !event[key].is_array()) return values;
  for (const auto& value : event[key])
    if (value.is_number()) values.push_back(value.get<double>());
  return values;
}

StageState state_named(const std::string& state) {
  if (state == "started") return StageState::working;
  if (state == "cached") return StageState::cached;
  if (state == "failed") return StageState::failed;
  return StageState::finished;
}

std::string joined(std::vector<std::string> parts) {
  std::erase(parts, "");
  return fmt::format("{}", fmt::join(parts, "; "));
}

template <class Value>
int64_t last_key(const ByRound<Value>& all) {
  return all.empty() ? 0 : all.rbegin()->first;
}

}  // namespace

const char* name(StageState state) {
  static constexpr const char* kNames[] = {"waiting", "working", "finished", "cached", "failed"};
  return kNames[static_cast<int>(state)];
}

double StageStatus::share() const {
  if (state == StageState::finished || state == StageState::cached) return 1;
  const double part = total > 0 ? std::clamp(done / total, 0.0, 1.0) : 0;
  if (epochs == 0) return part;
  return std::clamp((static_cast<double>(std::max<int64_t>(epoch, 1) - 1) + part) / static_cast<double>(epochs), 0.0,
                    1.0);
}

std::optional<double> StageStatus::seconds_left() const {
  if (state != StageState::working || rate <= 0 || total <= 0) return {};
  const double all = total * static_cast<double>(std::max<int64_t>(epochs, 1));
  return all * (1 - share()) / rate;
}

void Bounds::take(const RecordedCurve& curve) {
  if (curve.x.empty()) return;
  const auto [least_x, most_x] = std::ranges::minmax(curve.x);
  const auto [least_y, most_y] = std::ranges::minmax(curve.y);
  left = std::min(left, least_x);
  right = std::max(right, most_x);
  low = std::min(low, least_y);
  high = std::max(high, most_y);
}

const std::map<std::string, History::Take, std::less<>>& History::takers() {
  static const std::map<std::string, Take, std::less<>> all{
      {"run", &History::take_run},         {"stage", &History::take_stage},   {"progress", &History::take_progress},
      {"epoch", &History::take_epoch},     {"metric", &History::take_metric}, {"picture", &History::take_picture},
      {"curve", &History::take_curve},     {"codes", &History::take_codes},   {"round", &History::take_round},
      {"control", &History::take_control}, {"loop", &History::take_told},     {"warning", &History::take_told},
      {"error", &History::take_told},      {"resume", &History::take_told},   {"end", &History::take_told}};
  return all;
}

void History::take(const json& event) {
  ++events;
  last_wall = number(event, "wall").value_or(last_wall);
  if (first_wall == 0) first_wall = last_wall;
  keep_ending(event);
  const auto taker = takers().find(text(event, "kind"));
  if (taker != takers().end()) (this->*taker->second)(event);
}

void History::keep_ending(const json& event) {
  const auto matters = [](const json& kept) { return text(kept, "kind") == "end" || text(kept, "kind") == "error"; };
  if (!ending.empty() && !matters(ending.back())) ending.pop_back();
  ending.push_back(event);
}

StageStatus& History::stage_of(const json& event) {
  const auto name = text(event, "stage");
  const auto found = std::ranges::find(stages, name, &StageStatus::name);
  if (found != stages.end()) return *found;
  stages.emplace_back().name = name;
  return stages.back();
}

void History::say(const json& event, Severity severity, std::string words) {
  log.push_back({number(event, "wall").value_or(0), severity, text(event, "stage"),
                 integer(event, "round").value_or(-1), report::without_controls(words)});
  if (log.size() > kMostLogLines) log.pop_front();
}

void History::take_run(const json& event) {
  run_name = text(event, "name");
  device = text(event, "device");
  precision = text(event, "precision");
  if (event.contains("rounds") && event["rounds"].is_object())
    for (const auto& rounds : event["rounds"])
      if (rounds.is_number_integer()) planned_rounds = std::max(planned_rounds, rounds.get<int64_t>());
  if (event.contains("stages") && event["stages"].is_array())
    for (const auto& stage : event["stages"])
      if (stage.is_string()) stage_of({{"stage", stage}});
  say(event, Severity::plain, fmt::format("run of {} begins on {}", text(event, "workflow"), device));
}

void History::take_stage(const json& event) {
  auto& stage = stage_of(event);
  stage.state = state_named(text(event, "state"));
  stage.uses = text(event, "uses");
  stage.loop = text(event, "loop");
  stage.round = round_of(event);
  stage.seconds = number(event, "seconds").value_or(0);
  auto& done = epochs_done_[stage.name];
  if (stage.state == StageState::working) {
    stage.done = stage.total = stage.rate = 0;
    stage.epoch = stage.epochs = 0;
    round_starts[stage.name][stage.round] = done;
    return;
  }
  if (stage.epochs == 0 && stage.state == StageState::finished) ++done;
  const auto took = stage.seconds > 0 ? " in " + report::duration(stage.seconds) : "";
  say(event, stage.state == StageState::failed ? Severity::error : Severity::plain, name(stage.state) + took);
}

void History::take_losses(const json& event, double x) {
  if (!event.contains("losses") || !event["losses"].is_object()) return;
  for (const auto& [name, value] : event["losses"].items())
    if (value.is_number()) series_of(losses, text(event, "stage"), name).points.add(x, value.get<double>());
}

void History::take_progress(const json& event) {
  auto& stage = stage_of(event);
  stage.loop = text(event, "loop");
  stage.round = round_of(event);
  stage.done = number(event, "done").value_or(0);
  stage.total = number(event, "total").value_or(0);
  stage.unit = text(event, "unit");
  stage.rate = number(event, "rate").value_or(0);
  stage.epoch = integer(event, "epoch").value_or(0);
  stage.epochs = integer(event, "epochs").value_or(0);
  const double part = stage.total > 0 ? stage.done / stage.total : 0;
  take_losses(event, epochs_done_[stage.name] + part);
}

void History::take_epoch(const json& event) {
  auto& stage = stage_of(event);
  stage.epoch = integer(event, "epoch").value_or(0);
  stage.epochs = integer(event, "epochs").value_or(0);
  stage.done = stage.total;
  take_losses(event, ++epochs_done_[stage.name]);
}

void History::take_metric(const json& event) {
  auto& series = series_of(metrics, text(event, "stage"), text(event, "name"));
  series.unit = text(event, "unit");
  series.is_headline = flag(event, "headline");
  if (const auto value = number(event, "value")) series.values[round_of(event)] = *value;
}

void History::take_picture(const json& event) {
  series_of(pictures, text(event, "stage"), text(event, "name")).pictures[round_of(event)] = {text(event, "blob"),
                                                                                              text(event, "caption")};
}

void History::take_curve(const json& event) {
  RecordedCurve curve{numbers(event, "x"), numbers(event, "y"), text(event, "x_label"), text(event, "y_label")};
  if (curve.x.size() != curve.y.size()) return;
  auto& series = series_of(curves, text(event, "stage"), text(event, "name"));
  series.bounds.take(curve);
  series.curves[round_of(event)] = std::move(curve);
}

void History::take_codes(const json& event) {
  if (text(event, "split") != "train") return;
  train_codes[round_of(event)] = {text(event, "blob"), integer(event, "bits").value_or(0)};
}

void History::take_round(const json& event) {
  rounds_ended = std::max(rounds_ended, round_of(event));
  say(event, Severity::plain, "round ended");
}

void History::take_control(const json& event) {
  const auto request = text(event, "request"), state = text(event, "state");
  if (state == "accepted" && (request == "pause" || request == "continue")) is_paused = request == "pause";
  const auto effect = text(event, "effect");
  say(event, state == "refused" ? Severity::warning : Severity::plain,
      fmt::format("{} {}{}{}", request, state, effect.empty() ? "" : ": ", effect));
}

void History::take_told(const json& event) {
  const auto kind = text(event, "kind");
  if (kind == "warning")
    say(event, Severity::warning,
        fmt::format("{}: {}; {}", text(event, "trouble"), text(event, "evidence"), text(event, "remedy")));
  else if (kind == "error")
    say(event, Severity::error, joined({text(event, "what"), text(event, "details"), text(event, "remedy")}));
  else if (kind == "loop")
    say(event, Severity::plain,
        fmt::format("loop '{}' ended after {} rounds ({})", text(event, "loop"), integer(event, "rounds").value_or(0),
                    text(event, "why")));
  else
    say(event, Severity::plain, kind == "resume" ? "run goes on" : "run " + text(event, "state"));
  if (kind == "resume") is_paused = false;
}

int64_t History::last_round() const {
  int64_t last = std::max(rounds_ended, last_key(train_codes));
  for (const auto& series : metrics)
    if (series.is_headline) last = std::max(last, last_key(series.values));
  for (const auto& series : pictures) last = std::max(last, last_key(series.pictures));
  return last;
}

const CurveSeries* History::curve(const std::string& name) const { return named(curves, name); }
const PictureSeries* History::picture(const std::string& name) const { return named(pictures, name); }

}  // namespace hashloom::dash
