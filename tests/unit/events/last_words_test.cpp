#include <gmock/gmock.h>

#include <events/last_words.hpp>
#include <events/reader.hpp>

#include "temporary_folder.hpp"

using namespace hashloom::events;
using nlohmann::json;
using testing::HasSubstr;

namespace {

json stage(const std::string& name, const std::string& state) {
  return {{"kind", "stage"}, {"stage", name}, {"state", state}, {"round", 2}, {"uses", "network/" + name}};
}

TEST(LastWords, NameHowAndWho) {
  const TemporaryFolder run;
  write_text(run / "last_words.json",
             R"({"schema": 1, "how": "SIGSEGV", "at_work": [{"text": "stage 'a'"}, {"text": "stage 'b'"}]})");
  EXPECT_EQ(last_words(run.path())->text(), "SIGSEGV in stage 'a' or stage 'b'");
}

TEST(LastWords, AreNoneWhereTheFileIsNotThereOrIsRubbish) {
  const TemporaryFolder run;
  EXPECT_FALSE(last_words(run.path()));
  for (const char* text : {"", "{", "[]", R"({"how": 3})"}) {
    write_text(run / "last_words.json", text);
    EXPECT_FALSE(last_words(run.path())) << text;
  }
}

TEST(LastWords, OfAUserMakeARunStopped) {
  const TemporaryFolder run;
  write_text(run / "last_words.json", R"({"how": "ended by Ctrl-C", "at_work": []})");
  EXPECT_EQ(state_of(run.path()), RunState::stopped);
  write_text(run / "last_words.json", R"({"how": "SIGSEGV", "at_work": []})");
  EXPECT_EQ(state_of(run.path()), RunState::crashed);
}

TEST(LastWords, AreReplacedByTheStagesThatWereAtWork) {
  const TemporaryFolder run;
  const auto why = why_crashed(run.path(), {stage("a", "started"), stage("b", "started"), stage("a", "finished")});
  EXPECT_THAT(why, HasSubstr("in stage 'b', round 2 (network/b)"));
  EXPECT_THAT(why, Not(HasSubstr("'a'")));
}

TEST(LastWords, DoNotNameStagesOfAnEarlierTry) {
  const TemporaryFolder run;
  EXPECT_THAT(why_crashed(run.path(), {stage("a", "started"), {{"kind", "resume"}, {"after", 0}}}),
              Not(HasSubstr("'a'")));
}

}  // namespace
