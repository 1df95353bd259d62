#pragma once
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <view/line.hpp>

namespace hashloom::view {

/// What the terminal says of single events; remembers what those of a round need from earlier ones.
class Messages {
 public:
  void remember(const nlohmann::json& event);

  /// "round 2/4" of an event in a loop, "round 2" where the number of rounds is unknown, empty outside.
  std::string round(const nlohmann::json& event) const;
  size_t name_columns() const { return name_columns_; }  ///< that the longest stage's name takes

  Line run(const nlohmann::json& event) const;            ///< PGH  seed 2018  2 threads  cpu  bf16
  Line stage_started(const nlohmann::json& event) const;  ///< gan  round 2/4  started
  Line stage_ended(const nlohmann::json& event) const;    ///< gist  0:12  (cached)
  Line round_ended(const nlohmann::json& event) const;    ///< round 2/4  mAP@all 53.14 %  changed bits 4.1 %  ...
  Line loop_ended(const nlohmann::json& event) const;     ///< pgh  codes settled after 3 rounds; empty: nothing to say
  Line resumed(const nlohmann::json& event) const;
  Line run_ended(const nlohmann::json& event) const;  ///< finished after 4:12

  /// Three lines: warning, evidence, remedy; without a newline at the end.
  std::string warning(const nlohmann::json& event, bool with_colours) const;
  std::string error(const nlohmann::json& event, bool with_colours) const;

 private:
  using RoundOfLoop = std::pair<std::string, int64_t>;
  std::map<RoundOfLoop, Line> headlines_;
  std::map<std::string, int64_t> rounds_;  ///< planned, by loop
  size_t name_columns_ = 0;
};

}  // namespace hashloom::view
