#pragma once
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <view/line.hpp>

namespace hashloom::view {

/// How far a stage is, from its events. Times are seconds of any clock that does not go back.
class StageProgress {
 public:
  explicit StageProgress(const nlohmann::json& started);

  void on_progress(const nlohmann::json& event, double now);
  void on_epoch(const nlohmann::json& event, double now);

  /// Of all its epochs, in [0, 1]; nothing before it told how much there is to do.
  std::optional<double> fraction() const { return fraction_; }

  /// Seconds, if it goes on as it did since it began (or went on, after a resume): for all its epochs. Nothing before
  /// there is enough to tell from.
  std::optional<double> left(double now) const;

  /// gan  round 2/4  epoch 3/8  [####----]  62%  3,012 images/s  0:21 left  loss_d 0.63  loss_g 1.20
  Line line(size_t name_columns, const std::string& round, double now) const;
  Line line_without_bar(const std::string& round, double now) const;

 private:
  void advance(double fraction, double now);
  void add_figures(Line& line, double now) const;

  std::string name_, unit_;
  nlohmann::json losses_;
  std::optional<double> fraction_, rate_;
  int64_t epoch_ = 0, epochs_ = 0;
  double began_ = 0;           ///< when what is timed began,
  double fraction_began_ = 0;  ///< and how far it was then
};

}  // namespace hashloom::view
