#pragma once
#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hashloom::faults {

/// While it exists, this thread runs code of a plugin; innermost counts. The thread may so far overflow its stack and
/// still tell who it was.
class AtWork {
 public:
  /// `text` for people: "stage 'gan', round 2 (generator/dcgan 1.0.0)"; `fields`: a JSON object, for last_words.json.
  AtWork(std::string_view text, std::string_view fields);
  ~AtWork();
  AtWork(const AtWork&) = delete;
  AtWork& operator=(const AtWork&) = delete;

  struct Slot;

 private:
  Slot* slot_;
  Slot* outer_;
};

/// The work of this thread goes on: its component asked something of the host.
void answer();

/// What has not answered for so long, as `text`s; for 0 seconds all that is at work.
std::vector<std::string> silent_for(double seconds);

/// For signal handlers: calls `tell` for the work of this thread; where it has none (a thread that a component or a
/// library began), for all work there is. Returns how many were told.
int blame(void* context, void (*tell)(void* context, const char* text, const char* fields));

}  // namespace hashloom::faults
