#include <fmt/format.h>

#include <algorithm>
#include <events/fields.hpp>
#include <limits>
#include <report/table.hpp>
#include <report/text.hpp>
#include <view/messages.hpp>

namespace hashloom::view {
namespace {

using events::integer;
using events::number;
using events::text;
using nlohmann::json;

std::pair<std::string, int64_t> round_of(const json& event) {
  return {text(event, "loop"), integer(event, "round").value_or(0)};
}

std::string figure(const json& event, const char* key, bool is_percent) {
  const auto value = number(event, key).value_or(std::numeric_limits<double>::quiet_NaN());
  return report::shown(value, {"", "", is_percent, -1}) + (is_percent ? " %" : "");
}

Piece headline(const json& metric) {
  const auto unit = text(metric, "unit");
  const auto value = figure(metric, "value", unit == "%");
  return {text(metric, "name") + " " + value + (unit.empty() || unit == "%" ? "" : " " + unit), Style::bold};
}

/// "stage 'gan', round 2, epoch 5: "
std::string place(const json& event) {
  const auto stage = text(event, "stage");
  if (stage.empty()) return "";
  auto all = fmt::format("stage '{}'", stage);
  if (const auto round = integer(event, "round"); round && *round > 0) all += fmt::format(", round {}", *round);
  if (const auto epoch = integer(event, "epoch")) all += fmt::format(", epoch {}", *epoch);
  return all + ": ";
}

/// The lines of `text`, each two columns in, a newline before each.
std::string indented(const std::string& text) {
  std::string all = text.empty() ? "" : "\n  ";
  for (const char letter : text) all += letter == '\n' ? std::string("\n  ") : std::string(1, letter);
  return all;
}

std::string titled(const std::string& title, Style style, bool with_colours) {
  return with_colours ? coloured(title, style) : title;
}

}  // namespace

void Messages::remember(const json& event) {
  const auto kind = text(event, "kind");
  if (kind == "metric" && events::flag(event, "headline")) {
    headlines_[round_of(event)].push_back(headline(event));
  } else if (kind == "run") {
    if (event.contains("rounds") && event["rounds"].is_object())
      for (const auto& [loop, rounds] : event["rounds"].items())
        if (rounds.is_number_integer()) rounds_[loop] = rounds.get<int64_t>();
    if (event.contains("stages") && event["stages"].is_array())
      for (const auto& stage : event["stages"])
        if (stage.is_string()) name_columns_ = std::max(name_columns_, report::width(stage.get<std::string>()));
  }
}

std::string Messages::round(const json& event) const {
  const auto [loop, round] = round_of(event);
  if (loop.empty()) return "";
  const auto planned = rounds_.find(loop);
  if (planned == rounds_.end()) return fmt::format("round {}", round);
  return fmt::format("round {}/{}", round, planned->second);
}

Line Messages::run(const json& event) const {
  Line line{{text(event, "name"), Style::bold}};
  if (const auto profile = text(event, "profile"); !profile.empty()) line.push_back({"profile " + profile});
  if (const auto seed = integer(event, "seed")) line.push_back({fmt::format("seed {}", *seed)});
  if (const auto threads = integer(event, "threads"))
    line.push_back({fmt::format("{} thread{}", *threads, *threads == 1 ? "" : "s")});
  for (const char* key : {"device", "precision"})
    if (const auto value = text(event, key); !value.empty()) line.push_back({value});
  return line;
}

Line Messages::stage_started(const json& event) const {
  Line line{{text(event, "stage")}};
  if (const auto in_round = round(event); !in_round.empty()) line.push_back({in_round});
  line.push_back({"started"});
  return line;
}

Line Messages::stage_ended(const json& event) const {
  const auto state = text(event, "state");
  Line line{{report::pad(text(event, "stage"), name_columns_)}};
  if (const auto in_round = round(event); !in_round.empty()) line.push_back({in_round});
  if (const auto seconds = number(event, "seconds")) line.push_back({report::duration(*seconds)});
  if (state != "finished") line.push_back({"(" + state + ")", state == "failed" ? Style::red : Style::dim});
  if (const auto why = text(event, "not_cached"); !why.empty()) {
    line.push_back({"(not cached)", Style::dim});
    line.push_back({why, Style::dim});
  }
  return line;
}

Line Messages::round_ended(const json& event) const {
  Line line{{round(event), Style::green}};
  if (const auto found = headlines_.find(round_of(event)); found != headlines_.end())
    line.insert(line.end(), found->second.begin(), found->second.end());
  if (event.contains("changed_bits")) line.push_back({"changed bits " + figure(event, "changed_bits", true)});
  if (const auto codes = integer(event, "distinct_codes"))
    line.push_back({fmt::format("distinct codes {}", report::grouped(*codes))});
  if (const auto seconds = number(event, "seconds")) line.push_back({report::duration(*seconds)});
  return line;
}

Line Messages::loop_ended(const json& event) const {
  const auto rounds = integer(event, "rounds").value_or(0);
  const auto why = text(event, "why");
  if (why.empty() || why == "rounds") return {};
  return {{text(event, "loop"), Style::bold},
          {fmt::format("{} after {} round{}", why, rounds, rounds == 1 ? "" : "s")}};
}

Line Messages::resumed(const json&) const { return {{"goes on from its last checkpoint", Style::bold}}; }

Line Messages::run_ended(const json& event) const {
  auto all = text(event, "state");
  if (const auto seconds = number(event, "seconds")) all += " after " + report::duration(*seconds);
  return {{all, Style::bold}};
}

std::string Messages::warning(const json& event, bool with_colours) const {
  const auto said =
      place(event) + text(event, "trouble") + indented(text(event, "evidence")) + indented(text(event, "remedy"));
  return titled("warning: ", Style::yellow, with_colours) + report::without_controls(said);
}

std::string Messages::error(const json& event, bool with_colours) const {
  const auto what = text(event, "what");
  const auto where = what.starts_with("stage '") ? "" : place(event);
  return titled("error: ", Style::red, with_colours) +
         report::without_controls(where + what + indented(text(event, "details")) + indented(text(event, "remedy")));
}

}  // namespace hashloom::view
