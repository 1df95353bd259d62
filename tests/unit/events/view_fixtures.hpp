#pragma once
#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <report/text.hpp>
#include <view/plain_view.hpp>
#include <view/stage_progress.hpp>
#include <view/terminal_view.hpp>

#include "temporary_folder.hpp"

/// What the tests of both views share: events as the engine tells them, and where a view writes to.
namespace hashloom::test {

using namespace hashloom::view;
using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

inline json stage(const std::string& state, const std::string& name = "gan") {
  json event{{"kind", "stage"}, {"stage", name}, {"loop", "pgh"}, {"round", 2}, {"state", state}};
  if (state != "started") event["seconds"] = 50.2;
  return event;
}

inline json progress(int64_t epoch, double done) {
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

inline json epoch(int64_t number) {
  return {{"kind", "epoch"}, {"stage", "gan"}, {"loop", "pgh"}, {"round", 2}, {"epoch", number}, {"epochs", 8}};
}

inline json run_event() {
  return {{"kind", "run"},   {"name", "PGH"},       {"seed", 2018},           {"threads", 2},
          {"device", "cpu"}, {"precision", "bf16"}, {"rounds", {{"pgh", 4}}}, {"stages", {"gan", "network"}}};
}

inline json warning() {
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

}  // namespace hashloom::test
