#include <engine/recorder.hpp>

namespace hashloom::engine {

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

int64_t Recorder::record(const Position& position, nlohmann::json event) {
  const auto whole = placed(position, std::move(event));
  const std::lock_guard lock(mutex_);
  const int64_t seq = writer_.write(whole);
  listener_->on_event(whole);
  return seq;
}

void Recorder::tell(const nlohmann::json& event) {
  const std::lock_guard lock(mutex_);
  listener_->on_event(event);
}

int64_t Recorder::write(const nlohmann::json& event) {
  const std::lock_guard lock(mutex_);
  return writer_.write(event);
}

void Recorder::progress(const Position& position, nlohmann::json event, bool is_written) {
  const std::lock_guard lock(mutex_);
  const auto now = Clock::now();
  auto& [told, written] = paces_[position.stage];
  if (is_written && now - written >= 1s) {
    written = told = now;
    record(position, std::move(event));
  } else if (now - told >= 100ms) {
    told = now;
    listener_->on_event(placed(position, std::move(event)));
  }
}

std::string Recorder::put_blob(std::span<const std::byte> bytes, const std::string& extension) {
  const std::lock_guard lock(mutex_);
  return writer_.put_blob(bytes, extension);
}

int64_t Recorder::last_seq() const {
  const std::lock_guard lock(mutex_);
  return writer_.last_seq();
}

}  // namespace hashloom::engine
