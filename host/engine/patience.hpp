#pragma once
#include <condition_variable>
#include <engine/interrupt.hpp>
#include <engine/recorder.hpp>
#include <mutex>
#include <thread>

namespace hashloom::engine {

/// While it exists: where the user asked to stop and a component does not answer for five seconds, it says which.
class Patience {
 public:
  explicit Patience(Recorder& recorder);

 private:
  void watch(const std::stop_token& ended);
  void tell(Stop asked, const std::string& who);

  Recorder* recorder_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::jthread thread_;
};

}  // namespace hashloom::engine
