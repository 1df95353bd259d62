#include <engine/recorder.hpp>

namespace hashloom::engine {
namespace {

using namespace std::chrono_literals;

nlohmann::json placed(const Position& position, nlohmann::json event) {
  if (!position.stage.empty()) event["stage"] = position.stage;
  if (!position.loop.empty()) {
    event["loop"] = position.loop;
    event["round"] = position.round;
  }
  if (position.epoch > 0) event["epoch"] = position.epoch;
  return event;
}

}  // namespace

int64_t Recorder::record(const Position& position, nlohmann::json event) {
  if (silent_) return last_seq();
  const auto whole = placed(position, std::move(event));
  const int64_t seq = writer_.write(whole);
  listener_->on_event(whole);
  return seq;
}

void Recorder::progress(const Position& position, nlohmann::json event) {
  const auto now = Clock::now();
  if (now - last_written_ >= 1s && !silent_) {
    last_written_ = last_told_ = now;
    record(position, std::move(event));
  } else if (now - last_told_ >= 100ms) {
    last_told_ = now;
    listener_->on_event(placed(position, std::move(event)));
  }
}

}  // namespace hashloom::engine
