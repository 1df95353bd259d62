#include <fmt/format.h>

#include <engine/patience.hpp>
#include <faults/at_work.hpp>
#include <system_error>

namespace hashloom::engine {
namespace {

constexpr double kSilentFor = 5;  // seconds
constexpr auto kPause = std::chrono::milliseconds(500);

}  // namespace

Patience::Patience(Recorder& recorder)
    : recorder_(&recorder), thread_([this](const std::stop_token& ended) { watch(ended); }) {}

/// Once for each time that the user asked.
void Patience::watch(const std::stop_token& ended) {
  Stop told = Stop::no;
  std::unique_lock lock(mutex_);
  while (!wake_.wait_for(lock, ended, kPause, [&] { return ended.stop_requested(); })) {
    const Stop asked = stop_asked();
    if (asked == told) continue;
    const auto silent = faults::silent_for(kSilentFor);
    if (silent.empty()) continue;
    told = asked;
    for (const auto& who : silent) tell(asked, who);
  }
}

/// A disk that takes nothing is told by whoever has something to lose.
void Patience::tell(Stop asked, const std::string& who) {
  const auto remedy =
      fmt::format("wait for it, or press Ctrl-C {} to end the program now; what is saved can be resumed",
                  asked == Stop::at_once ? "once more" : "twice more");
  try {
    recorder_->record({{"kind", "warning"},
                       {"trouble", who + " does not answer"},
                       {"evidence", fmt::format("it has asked nothing of the program for {} s", kSilentFor)},
                       {"remedy", remedy}});
  } catch (const std::system_error&) {
  }
}

}  // namespace hashloom::engine
