#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <sweep/child.hpp>
#include <system_error>
#include <thread>

#include "temporary_folder.hpp"

using hashloom::sweep::Child;

namespace {

int ended(Child& child) {
  for (int i = 0; i < 500; ++i) {
    if (const auto status = child.status()) return *status;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return -1;
}

int status_of(const TemporaryFolder& folder, const std::string& script) {
  Child child("/bin/sh", {"-c", script}, folder / "log");
  return ended(child);
}

void wait_for(const std::filesystem::path& file) {
  for (int i = 0; i < 500 && !std::filesystem::exists(file); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
}

}  // namespace

TEST(Child, GivesTheExitStatus) {
  const TemporaryFolder folder;
  EXPECT_EQ(status_of(folder, "exit 0"), 0);
  EXPECT_EQ(status_of(folder, "exit 2"), 2);
}

TEST(Child, GivesTheSignalThatEndedIt) {
  const TemporaryFolder folder;
  EXPECT_EQ(status_of(folder, "kill -9 $$"), 128 + 9);
}

TEST(Child, AddsWhatItPrintsToItsLog) {
  const TemporaryFolder folder;
  write_text(folder / "log", "before\n");
  status_of(folder, "echo out; echo err >&2");
  EXPECT_EQ(text_of(folder / "log"), "before\nout\nerr\n");
}

TEST(Child, ReadsNothing) {
  const TemporaryFolder folder;
  EXPECT_EQ(status_of(folder, "read line && exit 3; exit 4"), 4);
}

TEST(Child, IsInAProcessGroupOfItsOwn) {
  const TemporaryFolder folder;
  status_of(folder, "ps -o pgid= -p $$ | tr -d ' '; echo $$");
  const auto log = text_of(folder / "log");
  const auto group = log.substr(0, log.find('\n'));
  EXPECT_EQ(log, group + "\n" + group + "\n");
  EXPECT_NE(group, std::to_string(::getpgrp()));
}

TEST(Child, TakesSignals) {
  const TemporaryFolder folder;
  Child child("/bin/sh", {"-c", "trap 'exit 7' INT; while :; do sleep 0.01; done"}, folder / "log");
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  child.signal(SIGINT);
  EXPECT_EQ(ended(child), 7);
}

TEST(Child, IsKilledWhenItsOwnerGivesUp) {
  const TemporaryFolder folder;
  const auto file = folder / "pid";
  {
    const Child child(
        "/bin/sh",
        {"-c", "echo $$ > '" + file.string() + "'; mv '" + file.string() + "' '" + file.string() + ".whole'; sleep 60"},
        folder / "log");
    wait_for(file.string() + ".whole");
  }
  const pid_t pid = std::stoi(text_of(file.string() + ".whole"));
  EXPECT_EQ(::kill(pid, 0), -1);
}

TEST(Child, ThatCanNotBeStartedIsToldByAnException) {
  const TemporaryFolder folder;
  EXPECT_THROW(Child("/nowhere/program", {}, folder / "log"), std::system_error);
}

TEST(Child, WithoutAPlaceForItsLogIsToldByAnException) {
  EXPECT_THROW(Child("/bin/true", {}, "/nowhere/log"), std::system_error);
}
