#include <fcntl.h>
#include <gmock/gmock.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <report/text.hpp>
#include <view/plain_view.hpp>
#include <view/stage_progress.hpp>
#include <view/terminal_view.hpp>

#include "temporary_folder.hpp"

using namespace hashloom::view;
using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

namespace {

json stage(const std::string& state, const std::string& name = "gan") {
  json event{{"kind", "stage"}, {"stage", name}, {"loop", "pgh"}, {"round", 2}, {"state", state}};
  if (state != "started") event["seconds"] = 50.2;
  return event;
}

json progress(int64_t epoch, double done) {
  return {{"kind", "progress"},
          {"stage", "gan"},
          {"loop", "pgh"},
          {"round", 2},
          {"epoch", epoch},
          {"epochs", 8},
          {"done", done},
          {"total", 100},
          {"unit", "images"},
          {"rate", 3012.4},
          {"losses", {{"loss_d", 0.63}, {"loss_g", 1.2}}}};
}

json epoch(int64_t number) {
  return {{"kind", "epoch"}, {"stage", "gan"}, {"loop", "pgh"}, {"round", 2}, {"epoch", number}, {"epochs", 8}};
}

json run_event() {
  return {{"kind", "run"},   {"name", "PGH"},       {"seed", 2018},           {"threads", 2},
          {"device", "cpu"}, {"precision", "bf16"}, {"rounds", {{"pgh", 4}}}, {"stages", {"gan", "network"}}};
}

json warning() {
  return {{"kind", "warning"},
          {"stage", "gan"},
          {"loop", "pgh"},
          {"round", 2},
          {"epoch", 5},
          {"trouble", "codes collapse"},
          {"evidence", "correlation of bits 0.41"},
          {"remedy", "lower gamma (now 1)"}};
}

/// A file for a view to write to, and the time that it sees.
class ViewTest : public testing::Test {
 protected:
  ViewTest() : file_(std::fopen((folder_ / "out").c_str(), "w")) {}
  ~ViewTest() override { std::fclose(file_); }

  Clock clock() {
    return [this] { return now; };
  }
  std::string written() const { return text_of(folder_ / "out"); }

  double now = 100;
  size_t columns = 120;
  TemporaryFolder folder_;
  std::FILE* file_;
};

class Plain : public ViewTest {
 protected:
  PlainView view{file_, clock()};
};

class Bars : public ViewTest {
 protected:
  TerminalView view{file_, Colours::no, [this] { return columns; }, clock()};
};

/// What a terminal would show after these bytes, row by row; knows only what a view may send.
class Screen {
 public:
  explicit Screen(const std::string& bytes) {
    for (size_t i = 0; i < bytes.size(); ++i) {
      if (bytes[i] == '\n')
        move_to(row_ + 1, 0);
      else if (bytes[i] == '\r')
        column_ = 0;
      else if (bytes[i] == '\x1b')
        i = escape(bytes, i + 2);
      else
        put(bytes[i]);
    }
  }
  std::vector<std::string> rows{""};
  bool cursor_shown = true;

 private:
  void move_to(size_t row, size_t column) {
    row_ = row;
    column_ = column;
    if (rows.size() <= row) rows.resize(row + 1);
  }
  void put(char letter) {
    rows[row_].resize(std::max(rows[row_].size(), column_ + 1), ' ');
    rows[row_][column_++] = letter;
  }
  /// Returns where the sequence ends.
  size_t escape(const std::string& bytes, size_t begin) {
    const auto end = bytes.find_first_of("AJhlm", begin);
    const auto argument = bytes.substr(begin, end - begin);
    if (bytes[end] == 'A') row_ -= std::stoul(argument);
    if (bytes[end] == 'J') {
      rows.resize(row_ + 1);
      rows[row_].resize(column_);
    }
    if (argument == "?25") cursor_shown = bytes[end] == 'h';
    return end;
  }
  size_t row_ = 0, column_ = 0;
};

}  // namespace

TEST(StageProgressTest, CountsAllEpochs) {
  StageProgress gan(stage("started"));
  gan.on_progress(progress(3, 50), 0);
  EXPECT_DOUBLE_EQ(gan.fraction().value(), 2.5 / 8);
}

TEST(StageProgressTest, TellsTheTimeLeftForAllEpochs) {
  StageProgress gan(stage("started"));
  gan.on_progress(progress(1, 0), 10);
  gan.on_progress(progress(2, 100), 30);  // a quarter in 20 s
  EXPECT_DOUBLE_EQ(gan.left(30).value(), 60);
}

TEST(StageProgressTest, TellsTheTimeLeftOfAResumedStageFromWhatItDidItself) {
  StageProgress gan(stage("started"));
  gan.on_progress(progress(5, 0), 10);    // half was done before
  gan.on_progress(progress(6, 100), 30);  // a quarter in 20 s, a quarter is left
  EXPECT_DOUBLE_EQ(gan.left(30).value(), 20);
}

TEST(StageProgressTest, DoesNotGuessFromNothing) {
  StageProgress gan(stage("started"));
  EXPECT_EQ(gan.left(0), std::nullopt);
  gan.on_progress(progress(1, 1), 10);
  gan.on_progress(progress(1, 10), 10.5);
  EXPECT_EQ(gan.left(10.5), std::nullopt);
}

TEST(StageProgressTest, StartsTimingAnewWithAnotherPieceOfWork) {
  StageProgress gist({{"kind", "stage"}, {"stage", "gist"}});
  gist.on_progress({{"done", 0}, {"total", 10}}, 0);
  gist.on_progress({{"done", 10}, {"total", 10}}, 100);
  gist.on_progress({{"done", 0}, {"total", 100}}, 100);
  gist.on_progress({{"done", 50}, {"total", 100}}, 102);
  EXPECT_DOUBLE_EQ(gist.left(102).value(), 2);
}

TEST(StageProgressTest, IsFullAfterTheLastEpoch) {
  StageProgress gan(stage("started"));
  gan.on_epoch(epoch(8), 50);
  EXPECT_EQ(gan.fraction(), 1);
}

TEST(StageProgressTest, BearsEventsThatLackEverything) {
  StageProgress gan(json::object());
  gan.on_progress({{"done", "many"}, {"total", nullptr}, {"losses", {1, 2}}, {"epoch", 9}, {"epochs", -1}}, 1);
  gan.on_epoch(json::object(), 2);
  EXPECT_EQ(gan.fraction(), std::nullopt);
}

TEST(StageProgressTest, ShowsBarRateTimeLeftAndLosses) {
  StageProgress gan(stage("started"));
  gan.on_progress(progress(1, 0), 0);
  gan.on_progress(progress(5, 0), 21);
  EXPECT_EQ(
      plain(gan.line(7, "round 2/4", 21)),
      "gan      round 2/4  epoch 5/8  [########--------]   50%  3,012 images/s  0:21 left  loss_d 0.63  loss_g 1.20");
}

TEST_F(Plain, SaysWhatBeginsAndEnds) {
  view.on_event(run_event());
  view.on_event(stage("started"));
  view.on_event(stage("finished"));
  view.on_event({{"kind", "end"}, {"state", "finished"}, {"seconds", 252.4}});
  EXPECT_EQ(written(),
            "PGH  seed 2018  2 threads  cpu  bf16\n"
            "gan  round 2/4  started\n"
            "gan      round 2/4  0:50\n"
            "finished after 4:12\n");
}

TEST_F(Plain, SaysThatAStageWasCached) {
  view.on_event({{"kind", "stage"}, {"stage", "gist"}, {"state", "cached"}, {"seconds", 0.2}});
  EXPECT_EQ(written(), "gist  0:00  (cached)\n");
}

TEST_F(Plain, TellsProgressEveryTenSeconds) {
  view.on_event(stage("started"));
  for (int i = 0; i < 100; ++i) {
    now += 0.3;
    view.on_event(progress(1, i));
  }
  const auto text = written();
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1 + 2);  // 30 s
}

TEST_F(Plain, TellsTheLastEpoch) {
  view.on_event(stage("started"));
  view.on_event(epoch(7));
  view.on_event(epoch(8));
  EXPECT_EQ(written(), "gan  round 2  started\ngan  round 2  epoch 8/8  100%\n");
}

TEST_F(Plain, TellsARoundWithItsHeadlines) {
  view.on_event(run_event());
  view.on_event({{"kind", "metric"},
                 {"stage", "score"},
                 {"loop", "pgh"},
                 {"round", 1},
                 {"name", "mAP@all"},
                 {"value", 0.5314},
                 {"unit", "%"},
                 {"headline", true}});
  view.on_event({{"kind", "metric"},
                 {"stage", "score"},
                 {"loop", "pgh"},
                 {"round", 2},
                 {"name", "mAP@all"},
                 {"value", 0.6},
                 {"unit", "%"},
                 {"headline", true}});
  view.on_event({{"kind", "round"},
                 {"loop", "pgh"},
                 {"round", 1},
                 {"changed_bits", 0.041},
                 {"distinct_codes", 8120},
                 {"seconds", 51}});
  EXPECT_THAT(written(), HasSubstr("\nround 1/4  mAP@all 53.14 %  changed bits 4.10 %  distinct codes 8,120  0:51\n"));
}

TEST_F(Plain, TellsThatCodesSettled) {
  view.on_event({{"kind", "loop"}, {"loop", "pgh"}, {"rounds", 3}, {"why", "codes settled"}});
  view.on_event({{"kind", "loop"}, {"loop", "pgh"}, {"rounds", 4}, {"why", "rounds"}});
  EXPECT_EQ(written(), "pgh  codes settled after 3 rounds\n");
}

TEST_F(Plain, WarnsWithEvidenceAndRemedy) {
  view.on_event(warning());
  EXPECT_EQ(written(),
            "warning: stage 'gan', round 2, epoch 5: codes collapse\n"
            "  correlation of bits 0.41\n"
            "  lower gamma (now 1)\n");
}

TEST_F(Plain, TellsAnErrorWithItsRemedy) {
  EXPECT_FALSE(view.has_shown_error());
  view.on_event(
      {{"kind", "error"}, {"stage", "gan"}, {"what", "the loss is not a number\nimages [64]"}, {"remedy", "try less"}});
  EXPECT_EQ(written(), "error: stage 'gan': the loss is not a number\nimages [64]\n  try less\n");
  EXPECT_TRUE(view.has_shown_error());
}

TEST_F(Plain, DoesNotNameAStageTwice) {
  view.on_event({{"kind", "error"}, {"stage", "gan"}, {"what", "stage 'gan', round 2: no"}});
  EXPECT_EQ(written(), "error: stage 'gan', round 2: no\n");
}

TEST_F(Plain, HasNoControlCharacters) {
  view.on_event({{"kind", "stage"}, {"stage", "\x1b[2Jgan\r"}, {"state", "cached"}});
  view.on_event({{"kind", "warning"}, {"trouble", "\x1b]0;title\a"}});
  EXPECT_THAT(written(), AllOf(Not(HasSubstr("\x1b")), Not(HasSubstr("\r")), Not(HasSubstr("\a"))));
}

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
