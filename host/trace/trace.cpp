#include <mutex>
#include <trace/trace.hpp>

namespace hashloom::trace {
namespace {

using Clock = std::chrono::steady_clock;

struct Collection {
  std::mutex mutex;
  std::vector<Event> events;
  Clock::time_point start;
  std::atomic<bool> is_on = false;
  std::atomic<int64_t> threads = 0, generation = 0;
};

Collection& collection() {
  static Collection all;
  return all;
}

int64_t now() { return std::chrono::nanoseconds(Clock::now() - collection().start).count(); }

/// Counted anew in each collection.
int64_t this_thread() {
  thread_local int64_t number = 0, generation = -1;
  if (generation != collection().generation) {
    generation = collection().generation;
    number = collection().threads++;
  }
  return number;
}

}  // namespace

const char* name(Kind kind) {
  static constexpr const char* kNames[] = {"component", "data", "cache", "checkpoint", "codes", "waiting", "stage"};
  return kNames[static_cast<size_t>(kind)];
}

void begin() {
  auto& all = collection();
  const std::lock_guard lock(all.mutex);
  all.events.clear();
  all.start = Clock::now();
  all.threads = 0;
  ++all.generation;
  all.is_on = true;
}

std::vector<Event> end() {
  auto& all = collection();
  const std::lock_guard lock(all.mutex);
  all.is_on = false;
  return std::move(all.events);
}

Span::Span(Kind kind, std::string name) : event_{kind, {}}, is_on_(collection().is_on) {
  if (!is_on_) return;
  event_.name = std::move(name);
  event_.thread = this_thread();
  event_.begin = now();
}

Span::~Span() {
  auto& all = collection();
  if (!is_on_ || !all.is_on) return;
  event_.end = now();
  const std::lock_guard lock(all.mutex);
  all.events.push_back(std::move(event_));
}

}  // namespace hashloom::trace
