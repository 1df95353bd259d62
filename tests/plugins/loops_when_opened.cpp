// Never comes back from being opened.
#include <chrono>
#include <thread>

struct Looper {
  Looper() {
    while (true) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
};
static const Looper kLooper;
