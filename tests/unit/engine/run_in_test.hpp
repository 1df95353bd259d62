#pragma once
#include <gtest/gtest.h>

#include <engine/engine.hpp>
#include <functional>
#include <plugins/catalogue.hpp>
#include <temporary_folder.hpp>

namespace hashloom::test {

/// Is told events and may act on them.
class Watcher final : public events::Listener {
 public:
  explicit Watcher(std::function<void(const nlohmann::json&)> act = {}) : act_(std::move(act)) {}
  void on_event(const nlohmann::json& event) override {
    events.push_back(event);
    if (act_) act_(event);
  }
  std::vector<nlohmann::json> events;

 private:
  std::function<void(const nlohmann::json&)> act_;
};

/// The build's plugins and those that misbehave.
plugins::Catalogue all_plugins();

/// A run's folder below `folder` for the workflow in `yaml`, on one thread. The result cache is put below `folder` too.
std::filesystem::path made_run(const TemporaryFolder& folder, const std::string& yaml,
                               const std::vector<std::string>& sets = {});

/// Runs (or resumes) it.
engine::Ending run(const std::filesystem::path& run, Watcher& watcher);
engine::Ending run(const std::filesystem::path& run);

/// The failure that the run must end with; a run that ends well fails the test.
engine::RunFailed failure_of(const std::filesystem::path& run);

/// The blob of the train codes that were recorded last: a loop's after its last round.
std::string final_codes(const std::filesystem::path& run);

/// A loop of `rounds` rounds of network/slow over dataset/small, scored after each.
extern const char* const kSlowLoop;

}  // namespace hashloom::test
