#pragma once
#include <nlohmann/json.hpp>
#include <trace/trace.hpp>

namespace hashloom::trace {

/// Work of one name: how often, and for how long without what other work was done within it.
struct Line {
  Kind kind;
  std::string name;
  int64_t calls = 0;
  double seconds = 0;
};

struct Summary {
  double wall = 0;                ///< from the first event's begin to the last one's end
  double outside_components = 0;  ///< of it, in which no thread was in a component or read data for one
  std::vector<Line> lines;        ///< the longest first
};

/// Time on several threads adds up, so that lines may sum to more than `wall`.
Summary summarise(const std::vector<Event>& events);

/// The "JSON trace event format", which Perfetto (ui.perfetto.dev) and Chrome open: complete events, microseconds.
nlohmann::json to_trace_events(const std::vector<Event>& events);

}  // namespace hashloom::trace
