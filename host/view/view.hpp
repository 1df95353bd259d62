#pragma once
#include <cstdio>
#include <events/listener.hpp>
#include <functional>
#include <memory>
#include <mutex>
#include <view/messages.hpp>

namespace hashloom::view {

using Clock = std::function<double()>;  ///< seconds, never going back
double steady_seconds();

/// Shows a run on the terminal as its events come; may be told from several threads, `progress` at any rate.
class View : public events::Listener {
 public:
  void on_event(const nlohmann::json& event) final;

  /// Whether an `error` event was shown, so that nobody need show it again.
  bool has_shown_error() const;

 protected:
  virtual void show(const nlohmann::json& event, const std::string& kind) = 0;
  Messages messages_;

 private:
  mutable std::mutex mutex_;
  bool has_shown_error_ = false;
};

/// Bars where `out` is a terminal that can move its cursor, lines elsewhere. `out` must outlive the view.
std::unique_ptr<View> make_view(std::FILE* out);

}  // namespace hashloom::view
