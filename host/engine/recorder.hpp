#pragma once
#include <chrono>
#include <events/listener.hpp>
#include <events/writer.hpp>
#include <map>
#include <mutex>
#include <string>

namespace hashloom::engine {

/// Where in the run something happens.
struct Position {
  std::string stage, uses;
  std::string loop;   ///< empty outside of loops
  int64_t round = 0;  ///< 0 before round 1 and outside of loops
  int64_t epoch = 0;  ///< 0 outside of epochs
};

/// An event with its position added.
nlohmann::json placed(const Position& position, nlohmann::json event);

/// Writes events to the run's folder and tells them to a listener, from any thread.
class Recorder {
 public:
  Recorder(const std::filesystem::path& run, events::Listener& listener) : writer_(run), listener_(&listener) {}

  /// Adds the position to `event`, writes and tells it. Returns its number. Throws std::system_error when the disk is
  /// full.
  int64_t record(const Position& position, nlohmann::json event);
  int64_t record(nlohmann::json event) { return record({}, std::move(event)); }

  /// Told to the listener, not written.
  void tell(const nlohmann::json& event);
  /// Written, for it was told before.
  int64_t write(const nlohmann::json& event);

  /// Told to the listener at most ten times a second, written at most once a second; a stage that only makes again what
  /// is recorded is not written of.
  void progress(const Position& position, nlohmann::json event, bool is_written);

  std::string put_blob(std::span<const std::byte> bytes, const std::string& extension);
  int64_t last_seq() const;

  /// While it exists no other thread writes: the events of finished work and the mark in the ledger (or the checkpoint)
  /// that says so belong together. A run that goes on drops the events after the last mark; were another's events in
  /// between, it would keep events of work that it does again.
  class Commit {
   public:
    explicit Commit(Recorder& recorder) : lock_(recorder.mutex_) {}

   private:
    std::lock_guard<std::recursive_mutex> lock_;
  };

 private:
  using Clock = std::chrono::steady_clock;
  struct Pace {
    Clock::time_point told{}, written{};
  };

  mutable std::recursive_mutex mutex_;
  events::Writer writer_;
  events::Listener* listener_;
  std::map<std::string, Pace> paces_;  ///< of each stage's progress
};

}  // namespace hashloom::engine
