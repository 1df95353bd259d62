#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <events/heartbeat.hpp>
#include <events/process.hpp>
#include <events/reader.hpp>
#include <events/writer.hpp>
#include <thread>

#include "temporary_folder.hpp"

using namespace hashloom::events;
using nlohmann::json;

namespace {

/// A process that does nothing until it is killed.
class OtherProcess {
 public:
  OtherProcess() : pid_(::fork()) {
    if (pid_ != 0) return;
    ::alarm(60);
    while (true) ::pause();
  }
  ~OtherProcess() {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  /// Killed, but not yet waited for by its parent.
  void kill() const {
    ::kill(pid_, SIGKILL);
    siginfo_t info;
    ::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOWAIT);
  }
  json heartbeat() const {
    auto process = to_json(this_process());
    process["pid"] = pid_;
    process["started"] = started();
    return process;
  }

 private:
  /// Field 22 of its stat; the program's name has no spaces.
  uint64_t started() const {
    std::istringstream stat(text_of("/proc/" + std::to_string(pid_) + "/stat"));
    std::string field;
    for (int i = 1; i <= 22; ++i) stat >> field;
    return std::stoull(field);
  }
  pid_t pid_;
};

void beat_of(const TemporaryFolder& run, const json& process, std::chrono::seconds age = std::chrono::seconds(0)) {
  write_text(run / "heartbeat.json", process.dump());
  std::filesystem::last_write_time(run / "heartbeat.json", std::filesystem::file_time_type::clock::now() - age);
}

void write_events(const TemporaryFolder& run, const std::vector<json>& events) {
  Writer writer(run.path());
  for (const auto& event : events) writer.write(event);
}

}  // namespace

TEST(Heartbeat, NamesItsProcessWhileItExists) {
  const TemporaryFolder run;
  {
    const Heartbeat heartbeat(run.path());
    EXPECT_EQ(json::parse(text_of(run / "heartbeat.json"))["pid"], ::getpid());
  }
  EXPECT_FALSE(std::filesystem::exists(run / "heartbeat.json"));
}

TEST(Heartbeat, TouchesItsFileEveryTwoSeconds) {
  const TemporaryFolder run;
  const Heartbeat heartbeat(run.path());
  const auto long_ago = std::filesystem::file_time_type::clock::now() - std::chrono::hours(1);
  std::filesystem::last_write_time(run / "heartbeat.json", long_ago);

  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (last_beat(run.path())->age > 1800 && std::chrono::steady_clock::now() < deadline)
    std::this_thread::sleep_for(std::chrono::milliseconds(50));

  EXPECT_LT(last_beat(run.path())->age, 30);
}

TEST(Heartbeat, EndsAtOnce) {
  const TemporaryFolder run;
  const auto before = std::chrono::steady_clock::now();
  { const Heartbeat heartbeat(run.path()); }
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(1));
}

TEST(Heartbeat, CannotBeatWhereNothingCanBeWritten) {
  const TemporaryFolder run;
  EXPECT_THROW(Heartbeat(run / "missing"), std::system_error);
}

TEST(IsAlive, IsFalseWithoutAHeartbeat) {
  const TemporaryFolder run;
  EXPECT_FALSE(is_alive(run.path()));
}

TEST(IsAlive, DoesNotCountThisProcess) {
  const TemporaryFolder run;
  const Heartbeat heartbeat(run.path());
  EXPECT_FALSE(is_alive(run.path()));
}

TEST(IsAlive, CountsAnotherProcess) {
  const TemporaryFolder run;
  const OtherProcess other;
  beat_of(run, other.heartbeat());
  EXPECT_TRUE(is_alive(run.path()));
}

TEST(IsAlive, IsFalseForAProcessThatWasKilled) {
  const TemporaryFolder run;
  const OtherProcess other;
  beat_of(run, other.heartbeat());
  other.kill();
  EXPECT_FALSE(is_alive(run.path()));
}

TEST(IsAlive, IsFalseForAnotherProcessOfTheSameNumber) {
  const TemporaryFolder run;
  const OtherProcess other;
  auto process = other.heartbeat();
  process["started"] = process["started"].get<uint64_t>() - 1;
  beat_of(run, process);
  EXPECT_FALSE(is_alive(run.path()));
}

TEST(IsAlive, IsFalseForAProcessFromBeforeARestart) {
  const TemporaryFolder run;
  const OtherProcess other;
  auto process = other.heartbeat();
  process["boot"] = "00000000-0000-0000-0000-000000000000";
  beat_of(run, process);
  EXPECT_FALSE(is_alive(run.path()));
}

TEST(IsAlive, TrustsAFreshHeartbeatOfAnotherMachine) {
  const TemporaryFolder run;
  beat_of(run, {{"pid", 1}, {"host", "another machine"}, {"boot", "b"}, {"started", 1}});
  EXPECT_TRUE(is_alive(run.path()));
}

TEST(IsAlive, DoesNotTrustAnOldHeartbeatOfAnotherMachine) {
  const TemporaryFolder run;
  beat_of(run, {{"pid", 1}, {"host", "another machine"}, {"boot", "b"}, {"started", 1}}, std::chrono::seconds(31));
  EXPECT_FALSE(is_alive(run.path()));
}

TEST(IsAlive, IsFalseForAHeartbeatThatCannotBeRead) {
  const TemporaryFolder run;
  write_text(run / "heartbeat.json", R"({"pid": "many"})");
  EXPECT_FALSE(is_alive(run.path()));
}

TEST(StateOf, IsRunningWhileTheHeartBeats) {
  const TemporaryFolder run;
  write_events(run, {{{"kind", "run"}}});
  const Heartbeat heartbeat(run.path());
  EXPECT_EQ(state_of(run.path()), RunState::running);
}

TEST(StateOf, IsStalledWhenTheProcessIsThereAndItsHeartbeatIsOld) {
  const TemporaryFolder run;
  write_events(run, {{{"kind", "run"}}});
  beat_of(run, to_json(this_process()), std::chrono::seconds(31));
  EXPECT_EQ(state_of(run.path()), RunState::stalled);
}

TEST(StateOf, IsCrashedWhenTheProcessWasKilled) {
  const TemporaryFolder run;
  const OtherProcess other;
  write_events(run, {{{"kind", "run"}}});
  beat_of(run, other.heartbeat());
  other.kill();
  EXPECT_EQ(state_of(run.path()), RunState::crashed);
}

TEST(StateOf, IsCrashedWithoutAnythingInTheFolder) {
  const TemporaryFolder run;
  EXPECT_EQ(state_of(run.path()), RunState::crashed);
}

TEST(StateOf, IsWhatTheLastEventSays) {
  const TemporaryFolder finished, stopped, failed;
  write_events(finished, {{{"kind", "run"}}, {{"kind", "end"}, {"state", "finished"}}});
  write_events(stopped, {{{"kind", "run"}}, {{"kind", "end"}, {"state", "stopped"}}});
  write_events(failed, {{{"kind", "run"}}, {{"kind", "end"}, {"state", "failed"}}});
  EXPECT_EQ(state_of(finished.path()), RunState::finished);
  EXPECT_EQ(state_of(stopped.path()), RunState::stopped);
  EXPECT_EQ(state_of(failed.path()), RunState::failed);
}

TEST(StateOf, IsFailedWhereTheProcessDiedAfterTellingAnError) {
  const TemporaryFolder run;
  write_events(run, {{{"kind", "run"}}, {{"kind", "error"}, {"what", "the disk is full"}}});
  EXPECT_EQ(state_of(run.path()), RunState::failed);
}

TEST(StateOf, IsCrashedWhenAResumedRunDied) {
  const TemporaryFolder run;
  write_events(run, {{{"kind", "run"}}, {{"kind", "end"}, {"state", "stopped"}}, {{"kind", "resume"}, {"after", 0}}});
  EXPECT_EQ(state_of(run.path()), RunState::crashed);
}
