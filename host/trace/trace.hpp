#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace hashloom::trace {

/// Whose time it is.
enum class Kind {
  component,   ///< a plugin's method works
  data,        ///< images are read
  cache,       ///< results are looked up, read, written, hashed
  checkpoint,  ///< state is saved or restored
  codes,       ///< bits are packed, compared, written
  waiting,     ///< for another stage, another run's result, or a user who paused
  stage,       ///< a stage is at work: what of it is in none of the others is the host's own
};
const char* name(Kind kind);

/// One piece of work on one thread; nanoseconds since the trace began.
struct Event {
  Kind kind;
  std::string name;
  int64_t begin = 0, end = 0;
  int64_t thread = 0;  ///< 0, 1, 2, ... in the order in which threads first did something
};

/// Collects spans of all threads of the process from now on; what was collected before is dropped.
void begin();

/// Ends the collection; the events in the order in which they ended.
std::vector<Event> end();

/// A piece of work from its construction to its destruction. Costs next to nothing while nothing is collected.
class Span {
 public:
  Span(Kind kind, std::string name);
  ~Span();
  Span(const Span&) = delete;
  Span& operator=(const Span&) = delete;

 private:
  Event event_;
  bool is_on_;
};

}  // namespace hashloom::trace
