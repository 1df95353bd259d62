#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <control/request.hpp>
#include <csignal>
#include <engine/interrupt.hpp>
#include <events/reader.hpp>
#include <thread>

#include "run_in_test.hpp"

namespace hashloom::test {
namespace {

using control::Request;
using testing::HasSubstr;

using When = std::function<bool(const nlohmann::json&)>;

When epoch(int round, int number) {
  return [=](const nlohmann::json& event) {
    return event["kind"] == "epoch" && event["round"] == round && event["epoch"] == number;
  };
}

/// Runs it and sends `request` when `when` says so of an event for the first time.
engine::Ending run_asking(const std::filesystem::path& folder, const When& when, const Request& request) {
  bool asked = false;
  Watcher watcher([&](const nlohmann::json& event) {
    if (!asked && when(event)) asked = true, control::send(folder, request);
  });
  return run(folder, watcher);
}

std::vector<nlohmann::json> control_events(const std::filesystem::path& folder) {
  std::vector<nlohmann::json> found;
  for (const auto& event : events::read(folder))
    if (event["kind"] == "control") found.push_back(event);
  return found;
}

std::string answer(const Request& request) {
  const TemporaryFolder folder;
  const auto loop = made_run(folder, kSlowLoop);
  run_asking(loop, epoch(1, 1), request);
  const auto events = control_events(loop);
  return events.empty() ? "no answer"
                        : events[0]["state"].get<std::string>() + ": " + events[0]["effect"].get<std::string>();
}

Request set(const std::string& stage, const std::string& parameter, const std::string& value) {
  return {"", "set", stage, parameter, value, ""};
}

TEST(Control, StopsAfterTheRoundAndGoesOnToTheSameBits) {
  const TemporaryFolder folder, other;
  const auto whole = made_run(other, kSlowLoop);
  run(whole);
  const auto stopped = made_run(folder, kSlowLoop);
  EXPECT_EQ(run_asking(stopped, epoch(1, 2), {"", "stop-after-round"}), engine::Ending::stopped);
  int rounds = 0;
  for (const auto& event : events::read(stopped)) rounds += event["kind"] == "round" && event["round"] > 0;
  EXPECT_EQ(rounds, 1);
  EXPECT_EQ(run(stopped), engine::Ending::finished);
  EXPECT_EQ(final_codes(stopped), final_codes(whole));
}

TEST(Control, PausesUntilItIsToldToGoOn) {
  const TemporaryFolder folder;
  const auto loop = made_run(folder, kSlowLoop);
  std::jthread later([&] {
    while (control_events(loop).empty()) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    std::this_thread::sleep_for(std::chrono::milliseconds(400));
    control::send(loop, {"", "continue"});
  });
  EXPECT_EQ(run_asking(loop, epoch(2, 1), {"", "pause"}), engine::Ending::finished);
  const auto events = control_events(loop);
  ASSERT_EQ(events.size(), 2u);
  EXPECT_GE(events[1]["wall"].get<double>() - events[0]["wall"].get<double>(), 0.4);
}

TEST(Control, LetsAPausedRunBeStopped) {
  const TemporaryFolder folder;
  const auto loop = made_run(folder, kSlowLoop);
  std::jthread later([&] {
    while (control_events(loop).empty()) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    engine::ask_to_stop(engine::Stop::after_epoch);
  });
  EXPECT_EQ(run_asking(loop, epoch(2, 1), {"", "pause"}), engine::Ending::stopped);
}

TEST(Control, ChangesATunableParameterFromTheNextEpochOn) {
  const TemporaryFolder folder, other;
  const auto whole = made_run(other, kSlowLoop);
  run(whole);
  const auto tuned = made_run(folder, kSlowLoop);  // with a cache of its own
  run_asking(tuned, epoch(2, 2), set("network", "noise", "0.25"));
  const auto events = control_events(tuned);
  ASSERT_EQ(events.size(), 2u);
  EXPECT_EQ(events[1]["state"], "applied");
  EXPECT_EQ(events[1]["round"], 2);
  EXPECT_EQ(events[1]["epoch"], 3);
  EXPECT_NE(final_codes(tuned), final_codes(whole));
}

TEST(Control, RepeatsAChangeInARunThatGoesOn) {
  const TemporaryFolder folder, other;
  const auto whole = made_run(other, kSlowLoop), killed = made_run(folder, kSlowLoop);
  run_asking(whole, epoch(2, 2), set("network", "noise", "0.25"));
  for (const auto& kill_at : {epoch(2, 3), epoch(3, 1)}) {
    const TemporaryFolder here;
    const auto tuned = made_run(here, kSlowLoop);
    const pid_t child = fork();
    if (child == 0) {
      Watcher watcher([&](const nlohmann::json& event) {
        if (epoch(2, 2)(event)) control::send(tuned, set("network", "noise", "0.25"));
        if (kill_at(event)) kill(getpid(), SIGKILL);
      });
      run(tuned, watcher);
      _exit(0);
    }
    waitpid(child, nullptr, 0);
    EXPECT_EQ(run(tuned), engine::Ending::finished);
    EXPECT_EQ(final_codes(tuned), final_codes(whole));
  }
}

TEST(Control, IsAPartOfTheKey) {
  const TemporaryFolder folder;
  run_asking(made_run(folder, kSlowLoop), epoch(2, 2), set("network", "noise", "0.25"));
  const auto again = made_run(folder, kSlowLoop);
  run(again);
  std::map<std::string, std::string> endings;
  for (const auto& event : events::read(again))
    if (event["kind"] == "stage" && event["stage"] == "network" && event["state"] != "started")
      endings[event["round"].dump()] = event["state"];
  EXPECT_EQ(endings["1"], "cached");
  EXPECT_EQ(endings["2"], "finished");
}

TEST(Control, RefusesWhatItCantDoAndSaysWhy) {
  EXPECT_THAT(answer(set("nowhere", "noise", "1")), HasSubstr("refused: the workflow has no stage 'nowhere'"));
  EXPECT_THAT(answer(set("network", "nose", "1")), HasSubstr("refused: network/slow has no parameter 'nose'"));
  EXPECT_THAT(answer(set("network", "epochs", "1")), HasSubstr("may not be changed while running; these may: noise"));
  EXPECT_THAT(answer(set("network", "noise", "loud")), HasSubstr("noise takes a number, not 'loud'"));
  EXPECT_THAT(answer(set("network", "noise", "1e9")), HasSubstr("is above 10"));
  EXPECT_THAT(answer({"", "dance"}), HasSubstr("refused: there is no such request"));
  EXPECT_THAT(answer({"", "reload", "", "", "", "nothing"}), HasSubstr("no stage in a loop uses a plugin 'nothing'"));
  EXPECT_THAT(answer({"", "reload", "", "", "", "small"}), HasSubstr("has not changed"));
}

/// A folder with the plugin "small", whose library is replaced as a linker does: by another file of its name.
class Workbench {
 public:
  Workbench() { std::filesystem::create_directory(plugins()), put(HASHLOOM_TEST_PLUGIN_FOLDER, "small"); }
  std::filesystem::path plugins() const { return folder_.path() / "plugins"; }
  void put(const std::filesystem::path& from, const std::string& name) {
    std::filesystem::copy_file(HASHLOOM_TEST_PLUGIN_FOLDER "/small.json", plugins() / "small.json",
                               std::filesystem::copy_options::overwrite_existing);
    std::filesystem::copy_file(from / (name + ".so"), plugins() / "new");
    std::filesystem::rename(plugins() / "new", plugins() / "small.so");
  }
  std::filesystem::path new_run() { return made_run(folder_, kSlowLoop); }
  engine::Ending run(const std::filesystem::path& folder, Watcher& watcher) {
    engine::ask_to_stop(engine::Stop::no);
    plugins::Catalogue catalogue({plugins(), HASHLOOM_PLUGIN_FOLDER, HASHLOOM_TEST_PLUGIN_FOLDER});
    return engine::run(folder, catalogue, watcher);
  }

 private:
  TemporaryFolder folder_;
};

std::string codes_of_swapped_run(const When& kill_at, bool put_back) {
  Workbench bench;
  const auto folder = bench.new_run();
  const pid_t child = fork();
  if (child == 0) {
    Watcher watcher([&](const nlohmann::json& event) {
      if (epoch(1, 2)(event)) {
        bench.put(HASHLOOM_REBUILT_PLUGIN_FOLDER, "small_rebuilt");
        control::send(folder, {"", "reload", "", "", "", "small"});
      }
      if (kill_at(event)) kill(getpid(), SIGKILL);
    });
    bench.run(folder, watcher);
    _exit(0);
  }
  waitpid(child, nullptr, 0);
  if (put_back) bench.put(HASHLOOM_TEST_PLUGIN_FOLDER, "small");
  Watcher watcher;
  if (events::state_of(folder) != events::RunState::finished) bench.run(folder, watcher);
  return final_codes(folder);
}

TEST(Control, TakesARebuiltPluginAtTheNextRoundAndKeepsItForARunThatGoesOn) {
  const TemporaryFolder other;
  const auto unchanged = made_run(other, kSlowLoop);
  run(unchanged);
  const auto swapped = codes_of_swapped_run([](const auto&) { return false; }, false);
  EXPECT_NE(swapped, final_codes(unchanged));
  EXPECT_EQ(codes_of_swapped_run(epoch(3, 2), true), swapped);
}

}  // namespace
}  // namespace hashloom::test
