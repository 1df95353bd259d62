#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <events/fields.hpp>
#include <report/text.hpp>
#include <view/stage_progress.hpp>

namespace hashloom::view {
namespace {

using events::integer;
using events::number;
using events::text;

constexpr size_t kBarColumns = 16;
constexpr double kEnoughSeconds = 1, kEnoughFraction = 0.005;

std::string bar(double fraction) {
  const auto full = static_cast<size_t>(std::lround(fraction * kBarColumns));
  return fmt::format("[{:#<{}}{:->{}}]", "", full, "", kBarColumns - full);
}

std::string percent(double fraction) { return fmt::format("{:3}%", static_cast<int>(std::floor(100 * fraction))); }

std::string loss_text(const nlohmann::json& loss) {
  if (!loss.is_number()) return "nan";
  const auto size = std::fabs(loss.get<double>());
  return size >= 0.01 && size < 1000 ? fmt::format("{:.2f}", loss.get<double>())
                                     : fmt::format("{:.3g}", loss.get<double>());
}

std::string losses_text(const nlohmann::json& losses) {
  std::string all;
  for (const auto& [name, value] : losses.items()) {
    all += fmt::format("{}{} {}", all.empty() ? "" : "  ", name, loss_text(value));
  }
  return all;
}

/// Of the epoch (or of the whole, without epochs) that a progress event tells about.
std::optional<double> part_done(const nlohmann::json& event) {
  const auto done = number(event, "done"), total = number(event, "total");
  if (!done || !total || *total <= 0) return std::nullopt;
  return std::clamp(*done / *total, 0.0, 1.0);
}

}  // namespace

StageProgress::StageProgress(const nlohmann::json& started) : name_(text(started, "stage")) {}

void StageProgress::on_progress(const nlohmann::json& event, double now) {
  unit_ = text(event, "unit");
  rate_ = number(event, "rate");
  // A component reads its losses every few steps only: between them the latest stand.
  if (event.contains("losses") && event["losses"].is_object() && !event["losses"].empty()) losses_ = event["losses"];
  epoch_ = integer(event, "epoch").value_or(0);
  epochs_ = integer(event, "epochs").value_or(0);
  const auto part = part_done(event);
  if (!part) return;
  const bool has_epochs = epoch_ >= 1 && epochs_ >= epoch_;
  advance(has_epochs ? (static_cast<double>(epoch_ - 1) + *part) / static_cast<double>(epochs_) : *part, now);
}

void StageProgress::on_epoch(const nlohmann::json& event, double now) {
  epoch_ = integer(event, "epoch").value_or(0);
  epochs_ = integer(event, "epochs").value_or(0);
  if (epoch_ >= 1 && epochs_ >= epoch_) advance(static_cast<double>(epoch_) / static_cast<double>(epochs_), now);
}

/// Timing starts at the first news (a resumed stage is at once half done), and anew where another piece of work begins.
void StageProgress::advance(double fraction, double now) {
  if (!fraction_ || fraction < *fraction_) {
    began_ = now;
    fraction_began_ = fraction;
  }
  fraction_ = fraction;
}

std::optional<double> StageProgress::left(double now) const {
  if (!fraction_ || *fraction_ - fraction_began_ < kEnoughFraction || now - began_ < kEnoughSeconds)
    return std::nullopt;
  return (now - began_) * (1 - *fraction_) / (*fraction_ - fraction_began_);
}

void StageProgress::add_figures(Line& line, double now) const {
  if (rate_ && *rate_ > 0) line.push_back({fmt::format("{} {}/s", report::rate(*rate_), unit_), Style::dim});
  if (const auto seconds = left(now)) line.push_back({report::duration(*seconds) + " left"});
  if (!losses_.empty()) line.push_back({losses_text(losses_), Style::dim});
}

Line StageProgress::line(size_t name_columns, const std::string& round, double now) const {
  Line line{{report::pad(name_, name_columns), Style::bold}};
  if (!round.empty()) line.push_back({round});
  if (epochs_ > 0) line.push_back({fmt::format("epoch {}/{}", epoch_, epochs_)});
  if (fraction_) {
    line.push_back({bar(*fraction_), Style::green});
    line.push_back({percent(*fraction_)});
  } else {
    line.push_back({"...", Style::dim});
  }
  add_figures(line, now);
  return line;
}

Line StageProgress::line_without_bar(const std::string& round, double now) const {
  Line line{{name_}};
  if (!round.empty()) line.push_back({round});
  if (epochs_ > 0) line.push_back({fmt::format("epoch {}/{}", epoch_, epochs_)});
  if (fraction_) line.push_back({percent(*fraction_)});
  add_figures(line, now);
  return line;
}

}  // namespace hashloom::view
