#include <signal.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <faults/at_work.hpp>
#include <mutex>

namespace hashloom::faults {

/// Of fixed size, for a signal handler reads it.
struct AtWork::Slot {
  std::atomic<bool> is_taken{false};
  std::atomic<int64_t> answered{0};  ///< milliseconds of the steady clock
  std::array<char, 512> text{};
  std::array<char, 1024> fields{};
};

namespace {

std::array<AtWork::Slot, 128> slots;
std::mutex texts;  ///< of all slots, but for signal handlers
thread_local AtWork::Slot* innermost = nullptr;

int64_t now() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

/// Where a handler runs when the thread's own stack is used up.
class SpareStack {
 public:
  SpareStack() : memory_(64 << 10) {
    const stack_t stack{memory_.data(), 0, memory_.size()};
    sigaltstack(&stack, nullptr);
  }
  ~SpareStack() {
    const stack_t none{nullptr, SS_DISABLE, 0};
    sigaltstack(&none, nullptr);
  }

 private:
  std::vector<char> memory_;
};

template <size_t size>
void put(std::array<char, size>& place, std::string_view text) {
  const auto fits = text.substr(0, size - 1);
  *std::ranges::copy(fits, place.begin()).out = '\0';
}

/// Null where more is at work than there are slots.
AtWork::Slot* take() {
  for (auto& slot : slots)
    if (bool taken = false; slot.is_taken.compare_exchange_strong(taken, true)) return &slot;
  return nullptr;
}

}  // namespace

AtWork::AtWork(std::string_view text, std::string_view fields) : slot_(nullptr), outer_(innermost) {
  static thread_local const SpareStack stack;
  const std::lock_guard lock(texts);
  if (!(slot_ = take())) return;
  slot_->answered = now();
  put(slot_->text, text);
  put(slot_->fields, fields.size() < slot_->fields.size() ? fields : "{}");
  innermost = slot_;
}

AtWork::~AtWork() {
  const std::lock_guard lock(texts);
  innermost = outer_;
  if (slot_) slot_->is_taken = false;
  answer();
}

void answer() {
  if (innermost) innermost->answered = now();
}

std::vector<std::string> silent_for(double seconds) {
  const std::lock_guard lock(texts);
  std::vector<std::string> silent;
  const int64_t before = now() - static_cast<int64_t>(seconds * 1000);
  for (const auto& slot : slots)
    if (slot.is_taken && slot.answered <= before) silent.emplace_back(slot.text.data());
  return silent;
}

int blame(void* context, void (*tell)(void* context, const char* text, const char* fields)) {
  int told = 0;
  for (const auto& slot : slots) {
    if (!slot.is_taken || (innermost && innermost != &slot)) continue;
    tell(context, slot.text.data(), slot.fields.data());
    ++told;
  }
  return told;
}

}  // namespace hashloom::faults
