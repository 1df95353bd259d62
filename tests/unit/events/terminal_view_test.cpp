#include <pty.h>

#include "view_fixtures.hpp"

using namespace hashloom::test;

TEST_F(Bars, DrawsALineOverInPlace) {
  view.on_event(stage("started"));
  view.on_event(progress(1, 0));
  now += 1;
  view.on_event(progress(4, 100));
  EXPECT_THAT(Screen(written()).rows,
              testing::ElementsAre(HasSubstr("gan  round 2  epoch 4/8  [########--------]   50%")));
}

TEST_F(Bars, DrawsAtMostTenTimesASecond) {
  view.on_event(stage("started"));
  const auto before = written().size();
  for (int i = 0; i < 1000; ++i) {
    now += 0.001;
    view.on_event(progress(1, i / 10.0));
  }
  const auto text = written().substr(before);
  EXPECT_LE(std::count(text.begin(), text.end(), '\r'), 10);
}

TEST_F(Bars, LeavesALineForAStageThatFinished) {
  view.on_event(run_event());
  view.on_event(stage("started"));
  view.on_event(progress(1, 0));
  view.on_event(stage("finished"));
  EXPECT_THAT(Screen(written()).rows,
              testing::ElementsAre("PGH  seed 2018  2 threads  cpu  bf16", "gan      round 2/4  0:50", ""));
}

TEST_F(Bars, DrawsALineForEachStageAtWork) {
  view.on_event(stage("started"));
  view.on_event(stage("started", "score"));
  view.on_event(warning());
  now += 1;
  view.on_event(progress(1, 50));
  EXPECT_THAT(
      Screen(written()).rows,
      testing::ElementsAre("warning: stage 'gan', round 2, epoch 5: codes collapse", "  correlation of bits 0.41",
                           "  lower gamma (now 1)", HasSubstr("gan  round 2  epoch 1/8"), HasSubstr("score  round 2")));
}

TEST_F(Bars, AreNeverWiderThanTheTerminal) {
  columns = 1;
  view.on_event(stage("started"));
  for (; columns < 130; ++columns) {
    now += 1;
    view.on_event(progress(1, 50));
    const auto row = Screen(written()).rows.back();
    EXPECT_LE(row.size(), std::max<size_t>(columns, 2) - 1);
  }
}

TEST_F(Bars, AreTakenAwayWhenTheTerminalBecameNarrower) {
  view.on_event(stage("started"));
  now += 1;
  view.on_event(progress(4, 100));  // "gan  round 2  epoch 4/8  [####...": 110 columns or so
  const auto drawn = Screen(written()).rows[0].size();
  columns = (drawn + 1) / 2;  // the terminal shows it in two rows
  now += 1;
  const auto before = written().size();
  view.on_event(progress(5, 0));
  EXPECT_THAT(written().substr(before), HasSubstr("\r\x1b[1A\x1b[J"));
}

TEST_F(Bars, ShowTheCursorAfterEachFrame) {
  view.on_event(stage("started"));
  EXPECT_TRUE(Screen(written()).cursor_shown);
  EXPECT_THAT(written(), HasSubstr("\x1b[?25l"));
}

TEST_F(Bars, HaveNoColoursWhereNoneAreWanted) {
  view.on_event(stage("started"));
  view.on_event(warning());
  EXPECT_THAT(written(), Not(testing::ContainsRegex("\x1b\\[[0-9;]*m")));
}

TEST_F(Bars, DrawNothingOfWhatTheirTextsCouldDoToATerminal) {
  view.on_event({{"kind", "stage"}, {"stage", "a\x1b[2Jb"}, {"state", "cached"}});
  EXPECT_EQ(Screen(written()).rows[0], "a?[2Jb  (cached)");
}

TEST_F(ViewTest, BarsGoWhenTheViewGoes) {
  {
    TerminalView view(
        file_, Colours::yes, [] { return 80; }, clock());
    view.on_event(stage("started"));
    EXPECT_THAT(written(), HasSubstr("\x1b[1mgan\x1b[0m"));
  }
  EXPECT_THAT(Screen(written()).rows, testing::ElementsAre(""));
}

TEST_F(ViewTest, LinesGoToWhatIsNoTerminal) {
  make_view(file_)->on_event(warning());
  EXPECT_THAT(written(), Not(HasSubstr("\x1b")));
}

TEST(MakeView, DrawsBarsOnATerminal) {
  ::setenv("TERM", "xterm", 1);
  ::setenv("NO_COLOR", "1", 1);
  int controller = -1, terminal = -1;
  winsize size{24, 40, 0, 0};
  ASSERT_EQ(::openpty(&controller, &terminal, nullptr, nullptr, &size), 0);
  std::FILE* out = ::fdopen(terminal, "w");

  make_view(out)->on_event(stage("started"));
  char bytes[4096];
  const auto got = ::read(controller, bytes, sizeof bytes);
  std::fclose(out);
  ::close(controller);

  EXPECT_THAT(std::string(bytes, static_cast<size_t>(got)), AllOf(HasSubstr("gan  round 2"), HasSubstr("\x1b[?25h")));
}

TEST(TerminalColumns, AreWhatTheTerminalSays) {
  int controller = -1, terminal = -1;
  winsize size{24, 43, 0, 0};
  ASSERT_EQ(::openpty(&controller, &terminal, nullptr, nullptr, &size), 0);
  std::FILE* out = ::fdopen(terminal, "w");
  EXPECT_EQ(terminal_columns(out), 43);
  std::fclose(out);
  ::close(controller);
}
