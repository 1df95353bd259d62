#include <gmock/gmock.h>

#include <engine/interrupt.hpp>
#include <functional>
#include <sweep/runner.hpp>

#include "temporary_folder.hpp"

using namespace hashloom::sweep;
using hashloom::engine::ask_to_stop;
using hashloom::engine::Stop;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

namespace {

/// Cells a, b, ... whose "program" is a script that gets the cell's folder as $1.
class Runner : public testing::Test, public Watcher {
 protected:
  Runner() { ask_to_stop(Stop::no); }
  ~Runner() override { ask_to_stop(Stop::no); }

  std::vector<Ended> run(const std::string& script, const std::vector<std::string>& names, int64_t at_once = 1,
                         bool fail_fast = false) {
    std::vector<std::filesystem::path> cells;
    for (const auto& name : names) {
      cells.push_back(folder_ / name);
      std::filesystem::create_directory(cells.back());
    }
    return run_cells(cells, {"/bin/sh", {"-c", "cell=$(basename \"$0\"); " + script}, at_once, fail_fast, is_finished_},
                     *this);
  }

  void on_start(const std::filesystem::path&) override { most_ = std::max(most_, ++running_); }
  void on_end(const Ended& ended) override {
    --running_;
    if (act_) act_(ended);
  }

  TemporaryFolder folder_;
  int running_ = 0, most_ = 0;
  std::function<void(const Ended&)> act_;
  bool (*is_finished_)(const std::filesystem::path& cell) = nullptr;
};

std::vector<std::string> told(const std::vector<Ended>& ended) {
  std::vector<std::string> all;
  for (const auto& each : ended) all.push_back(each.cell.filename().string() + " " + std::to_string(each.status));
  return all;
}

}  // namespace

TEST_F(Runner, RunsEveryCellThoughOneFails) {
  EXPECT_THAT(told(run("[ $cell != b ] || exit 1", {"a", "b", "c"})), ElementsAre("a 0", "b 1", "c 0"));
}

TEST_F(Runner, RunsAsManyAtOnceAsItIsTold) {
  run("sleep 0.1", {"a", "b", "c", "d", "e"}, 2);
  EXPECT_EQ(most_, 2);
}

TEST_F(Runner, RunsSideBySide) {  // each waits for the other's file
  const std::string meet =
      "touch \"$0/../$cell.here\"; until [ -e \"$0/../a.here\" -a -e \"$0/../b.here\" ]; do sleep 0.01; done";
  EXPECT_THAT(told(run(meet, {"a", "b"}, 2)), UnorderedElementsAre("a 0", "b 0"));
}

TEST_F(Runner, ThatFailsFastStopsTheOthersAndBeginsNoMore) {
  const auto ended = run("[ $cell != a ] || { sleep 0.2; exit 2; }; sleep 60", {"a", "b", "c"}, 2, true);
  EXPECT_THAT(told(ended), ElementsAre("a 2", "b 143"));
}

TEST_F(Runner, HandsAStopAfterTheEpochOnAsSigint) {
  act_ = [](const Ended&) { ask_to_stop(Stop::after_epoch); };
  const auto ended = run("trap 'exit 130' INT; [ $cell != a ] || { sleep 0.3; exit 0; }; while :; do sleep 0.01; done",
                         {"a", "b", "c"}, 2);
  EXPECT_THAT(told(ended), ElementsAre("a 0", "b 130"));
}

TEST_F(Runner, HandsAStopAtOnceOnAsSigterm) {
  act_ = [](const Ended&) { ask_to_stop(Stop::at_once); };
  const auto ended =
      run("trap 'exit 9' TERM; [ $cell != a ] || { sleep 0.3; exit 0; }; while :; do sleep 0.01; done", {"a", "b"}, 2);
  EXPECT_THAT(told(ended), ElementsAre("a 0", "b 9"));
}

TEST_F(Runner, BeginsNothingAfterAStop) {
  ask_to_stop(Stop::at_once);
  EXPECT_THAT(run("exit 0", {"a"}), IsEmpty());
}

TEST_F(Runner, CountsACellThatEndsWithStatus0AndIsNotFinishedAsFailed) {
  is_finished_ = [](const std::filesystem::path& cell) { return cell.filename() != "a"; };
  EXPECT_THAT(told(run("exit 0", {"a", "b"})), ElementsAre("a 1", "b 0"));
  EXPECT_THAT(told(run("exit 0", {"a", "b"}, 1, true)), ElementsAre("a 1"));
}
