#pragma once
#include <chrono>
#include <events/listener.hpp>
#include <events/writer.hpp>
#include <string>

namespace hashloom::engine {

/// Where in the run something happens.
struct Position {
  std::string stage, uses;
  std::string loop;   ///< empty outside of loops
  int64_t round = 0;  ///< 0 before round 1 and outside of loops
  int64_t epoch = 0;  ///< 0 outside of epochs
};

/// Writes events to the run's folder and tells them to a listener.
class Recorder {
 public:
  Recorder(const std::filesystem::path& run, events::Listener& listener) : writer_(run), listener_(&listener) {}

  /// Adds the position to `event` and writes it. Returns its number. Throws std::system_error when the disk is full.
  int64_t record(const Position& position, nlohmann::json event);
  int64_t record(nlohmann::json event) { return record({}, std::move(event)); }

  /// Told to the listener, not written.
  void tell(const nlohmann::json& event) { listener_->on_event(event); }

  /// Told to the listener at most ten times a second, written at most once a second.
  void progress(const Position& position, nlohmann::json event);

  std::string put_blob(std::span<const std::byte> bytes, const std::string& extension) {
    return writer_.put_blob(bytes, extension);
  }
  int64_t last_seq() const { return writer_.last_seq(); }

  /// While it exists (and `active`), nothing is written and only progress is told: work that is recorded already is
  /// done again.
  class Silence {
   public:
    Silence(Recorder& recorder, bool active) : recorder_(recorder), before_(recorder.silent_) {
      recorder_.silent_ = before_ || active;
    }
    ~Silence() { recorder_.silent_ = before_; }
    Silence(const Silence&) = delete;
    Silence& operator=(const Silence&) = delete;

   private:
    Recorder& recorder_;
    bool before_;
  };

 private:
  using Clock = std::chrono::steady_clock;
  events::Writer writer_;
  events::Listener* listener_;
  bool silent_ = false;
  Clock::time_point last_told_{}, last_written_{};
};

}  // namespace hashloom::engine
