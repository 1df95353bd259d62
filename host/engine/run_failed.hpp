#pragma once
#include <engine/recorder.hpp>
#include <engine/values.hpp>
#include <functional>
#include <plugins/components.hpp>

namespace hashloom::engine {

/// A run that could not go on: first line, details, and the remedy, as a person reads them.
class RunFailed : public Error {
 public:
  RunFailed(const std::string& what, std::string details, std::string remedy, bool users_mistake)
      : Error(what, std::move(remedy)), details_(std::move(details)), users_mistake_(users_mistake) {}
  const std::string& details() const { return details_; }
  bool users_mistake() const { return users_mistake_; }  ///< exit status 2 rather than 1

 private:
  std::string details_;
  bool users_mistake_;
};

/// Runs `work` of a component and tells whatever it throws (but Stopped) as RunFailed with stage, round, epoch,
/// component and the shapes of what came in. `position` is read when it fails.
void guarded(const Position& position, const plugins::ComponentInfo& info, const Ports& inputs,
             const std::function<void()>& work);

}  // namespace hashloom::engine
