#pragma once
#include <events/writer.hpp>
#include <nlohmann/json.hpp>
#include <vector>

#include "temporary_folder.hpp"

/// Events as an engine writes them, and runs that hold them.
namespace hashloom::test {

using nlohmann::json;

inline json in_round(json event, int64_t round, const std::string& stage = "score") {
  event.update({{"stage", stage}, {"loop", "pgh"}, {"round", round}});
  return event;
}

inline json run_begins(int64_t rounds = 4) {
  return {{"kind", "run"},
          {"name", "PGH"},
          {"device", "cpu"},
          {"precision", "bf16"},
          {"rounds", {{"pgh", rounds}}},
          {"stages", {"data", "gan", "score"}}};
}

inline json headline(int64_t round, double value, const std::string& name = "mAP@all") {
  return in_round({{"kind", "metric"},
                   {"name", name},
                   {"value", value},
                   {"unit", "%"},
                   {"headline", true},
                   {"higher_is_better", true}},
                  round);
}

inline json round_ended(int64_t round) {
  return {{"kind", "round"}, {"loop", "pgh"}, {"round", round}, {"seconds", 1.5}, {"distinct_codes", 7}};
}
inline json run_ended(const std::string& state = "finished") {
  return {{"kind", "end"}, {"state", state}, {"seconds", 9}};
}

inline json stage_told(const std::string& state, int64_t round = 1) {
  return in_round({{"kind", "stage"}, {"state", state}, {"uses", "generator/dcgan"}, {"seconds", 3}}, round, "gan");
}

inline json progressed(double done, int64_t epoch, double loss, int64_t round = 1) {
  return in_round({{"kind", "progress"},
                   {"done", done},
                   {"total", 100},
                   {"unit", "images"},
                   {"rate", 50},
                   {"epoch", epoch},
                   {"epochs", 4},
                   {"losses", {{"loss", loss}}}},
                  round, "gan");
}

inline void write_run(const std::filesystem::path& folder, const std::vector<json>& events) {
  std::filesystem::create_directories(folder);
  events::Writer writer(folder);
  for (const auto& event : events) writer.write(event);
}

}  // namespace hashloom::test
