#pragma once
#include <nlohmann/json.hpp>

namespace hashloom::events {

/// Is told every event as it is written (the terminal's bars are one).
class Listener {
 public:
  virtual ~Listener() = default;
  virtual void on_event(const nlohmann::json& event) = 0;
};

}  // namespace hashloom::events
