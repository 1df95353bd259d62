#include <algorithm>
#include <map>
#include <trace/summary.hpp>

namespace hashloom::trace {
namespace {

constexpr double kNanoseconds = 1e-9;

/// Those of one thread by their begin, the outer before the inner.
std::map<int64_t, std::vector<const Event*>> by_thread(const std::vector<Event>& events) {
  std::map<int64_t, std::vector<const Event*>> threads;
  for (const auto& event : events) threads[event.thread].push_back(&event);
  for (auto& [thread, own] : threads)
    std::ranges::stable_sort(own, {}, [](const Event* event) { return std::pair(event->begin, -event->end); });
  return threads;
}

struct Piece {
  const Event* event;
  int64_t begin, end;
};

/// Cuts what a thread did into pieces, each of the innermost event there.
class Cutter {
 public:
  std::vector<Piece> cut(const std::vector<const Event*>& events) {
    for (const auto* event : events) {
      close_until(event->begin);
      move_to(event->begin);
      open_.push_back(event);
    }
    close_until(INT64_MAX);
    return std::move(pieces_);
  }

 private:
  void move_to(int64_t time) {
    if (!open_.empty() && time > at_) pieces_.push_back({open_.back(), at_, time});
    at_ = std::max(at_, time);
  }

  void close_until(int64_t time) {
    while (!open_.empty() && open_.back()->end <= time) {
      move_to(open_.back()->end);
      open_.pop_back();
    }
  }

  std::vector<const Event*> open_;
  std::vector<Piece> pieces_;
  int64_t at_ = 0;
};

/// How much of [begin, end) the pieces cover, wherever they overlap.
int64_t covered(std::vector<Piece> pieces) {
  std::ranges::sort(pieces, {}, &Piece::begin);
  int64_t sum = 0, until = INT64_MIN;
  for (const auto& piece : pieces) {
    sum += std::max<int64_t>(0, piece.end - std::max(piece.begin, until));
    until = std::max(until, piece.end);
  }
  return sum;
}

bool is_components(const Piece& piece) {
  return piece.event->kind == Kind::component || piece.event->kind == Kind::data;
}

double wall_of(const std::vector<Event>& events) {
  if (events.empty()) return 0;
  const auto first = std::ranges::min(events, {}, &Event::begin).begin;
  const auto last = std::ranges::max(events, {}, &Event::end).end;
  return static_cast<double>(last - first) * kNanoseconds;
}

}  // namespace

Summary summarise(const std::vector<Event>& events) {
  std::map<std::pair<Kind, std::string>, Line> lines;
  for (const auto& event : events)
    ++lines.try_emplace({event.kind, event.name}, event.kind, event.name).first->second.calls;
  std::vector<Piece> of_components;
  for (const auto& [thread, own] : by_thread(events))
    for (const auto& piece : Cutter().cut(own)) {
      lines.at({piece.event->kind, piece.event->name}).seconds +=
          static_cast<double>(piece.end - piece.begin) * kNanoseconds;
      if (is_components(piece)) of_components.push_back(piece);
    }
  Summary summary{wall_of(events), 0, {}};
  summary.outside_components = summary.wall - static_cast<double>(covered(of_components)) * kNanoseconds;
  for (auto& [key, line] : lines) summary.lines.push_back(std::move(line));
  std::ranges::stable_sort(summary.lines, std::greater<>(), &Line::seconds);
  return summary;
}

nlohmann::json to_trace_events(const std::vector<Event>& events) {
  auto list = nlohmann::json::array();
  for (const auto& event : events)
    list.push_back({{"ph", "X"},
                    {"cat", name(event.kind)},
                    {"name", event.name},
                    {"ts", static_cast<double>(event.begin) / 1000},
                    {"dur", static_cast<double>(event.end - event.begin) / 1000},
                    {"pid", 1},
                    {"tid", event.thread}});
  return {{"displayTimeUnit", "ms"}, {"traceEvents", std::move(list)}};
}

}  // namespace hashloom::trace
