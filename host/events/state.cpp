#include <events/fields.hpp>
#include <events/last_words.hpp>
#include <events/process.hpp>
#include <events/reader.hpp>

namespace hashloom::events {
namespace {

constexpr double kStalledAfter = 30;  // seconds

RunState ended_as(const nlohmann::json& event) {
  const auto state = text(event, "state");
  if (state == "finished") return RunState::finished;
  if (state == "stopped") return RunState::stopped;
  return RunState::failed;
}

}  // namespace

const char* name(RunState state) {
  switch (state) {
    case RunState::running:
      return "running";
    case RunState::stalled:
      return "stalled";
    case RunState::crashed:
      return "crashed";
    case RunState::stopped:
      return "stopped";
    case RunState::failed:
      return "failed";
    case RunState::finished:
      return "finished";
  }
  return "unknown";
}

RunState state_of(const std::filesystem::path& run) { return state_of(run, read(run, {"end", "error"})); }

RunState state_of(const std::filesystem::path& run, const std::vector<nlohmann::json>& events) {
  if (!events.empty() && events.back()["kind"] == "end") return ended_as(events.back());
  const auto beat = last_beat(run);
  if (beat && writes_still(*beat)) return beat->age < kStalledAfter ? RunState::running : RunState::stalled;
  if (const auto words = last_words(run); words && words->by_user()) return RunState::stopped;
  return !events.empty() && events.back()["kind"] == "error" ? RunState::failed : RunState::crashed;
}

}  // namespace hashloom::events
