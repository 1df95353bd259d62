#include <gmock/gmock.h>

#include <thread>
#include <trace/summary.hpp>

using namespace hashloom::trace;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

constexpr int64_t kSecond = 1'000'000'000;

Event event(Kind kind, const std::string& name, int64_t begin, int64_t end, int64_t thread = 0) {
  return {kind, name, begin * kSecond, end * kSecond, thread};
}

double seconds(const Summary& summary, const std::string& name) {
  for (const auto& line : summary.lines)
    if (line.name == name) return line.seconds;
  return -1;
}

std::vector<std::string> names(const std::vector<Event>& events) {
  std::vector<std::string> all;
  for (const auto& each : events) all.push_back(each.name);
  return all;
}

}  // namespace

TEST(Trace, CollectsSpansInTheOrderInWhichTheyEnd) {
  begin();
  {
    const Span outer(Kind::stage, "outer");
    const Span inner(Kind::component, "inner");
  }
  EXPECT_THAT(names(end()), ElementsAre("inner", "outer"));
}

TEST(Trace, CollectsNothingBeforeItBeginsOrAfterItEnds) {
  { const Span span(Kind::stage, "before"); }
  begin();
  EXPECT_THAT(end(), IsEmpty());
  { const Span span(Kind::stage, "after"); }
  EXPECT_THAT(end(), IsEmpty());
}

TEST(Trace, TellsThreadsApart) {
  begin();
  { const Span span(Kind::stage, "first"); }
  std::jthread([] { const Span span(Kind::stage, "second"); }).join();
  const auto events = end();
  EXPECT_EQ(events[0].thread, 0);
  EXPECT_EQ(events[1].thread, 1);
}

TEST(Trace, MeasuresHowLongWorkTook) {
  begin();
  {
    const Span span(Kind::stage, "sleep");
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  const auto event = end()[0];
  EXPECT_GE(event.end - event.begin, 20'000'000);
}

TEST(TraceSummary, CountsInnerWorkOnce) {
  const auto summary = summarise({event(Kind::component, "learns", 2, 5), event(Kind::stage, "gan", 1, 6)});
  EXPECT_DOUBLE_EQ(seconds(summary, "learns"), 3);
  EXPECT_DOUBLE_EQ(seconds(summary, "gan"), 2);
}

TEST(TraceSummary, AddsUpCallsOfOneName) {
  const auto summary = summarise({event(Kind::component, "bits", 0, 1), event(Kind::component, "bits", 2, 4)});
  ASSERT_EQ(summary.lines.size(), 1u);
  EXPECT_EQ(summary.lines[0].calls, 2);
  EXPECT_DOUBLE_EQ(summary.lines[0].seconds, 3);
}

TEST(TraceSummary, KeepsThreadsApart) {  // the second thread's work lies within the first one's, but is not part of it
  const auto summary = summarise({event(Kind::component, "a", 0, 10, 0), event(Kind::component, "b", 2, 5, 1)});
  EXPECT_DOUBLE_EQ(seconds(summary, "a"), 10);
  EXPECT_DOUBLE_EQ(seconds(summary, "b"), 3);
}

TEST(TraceSummary, TellsTheTimeInWhichNoComponentWorked) {
  // 0..10 in all; components work in 1..4 and, on another thread, in 3..6: 5 seconds are left.
  const auto summary = summarise({event(Kind::component, "a", 1, 4, 0), event(Kind::component, "b", 3, 6, 1),
                                  event(Kind::stage, "run", 0, 10, 0)});
  EXPECT_DOUBLE_EQ(summary.wall, 10);
  EXPECT_DOUBLE_EQ(summary.outside_components, 5);
}

TEST(TraceSummary, CountsACheckpointWithinAComponentAsOutsideOfIt) {
  const auto summary = summarise({event(Kind::checkpoint, "save", 2, 3), event(Kind::component, "learns", 0, 10)});
  EXPECT_DOUBLE_EQ(summary.outside_components, 1);
}

TEST(TraceSummary, OfNothingIsNothing) {
  EXPECT_DOUBLE_EQ(summarise({}).wall, 0);
  EXPECT_THAT(summarise({}).lines, IsEmpty());
}

TEST(TraceSummary, IsWhatPerfettoReads) {
  const auto written = to_trace_events({event(Kind::cache, "keep", 1, 3, 2)});
  EXPECT_EQ(written["traceEvents"],
            nlohmann::json::parse(R"([{"ph": "X", "cat": "cache", "name": "keep", "ts": 1000000.0,
                                                               "dur": 2000000.0, "pid": 1, "tid": 2}])"));
}
