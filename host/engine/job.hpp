#pragma once
#include <atomic>
#include <cache/cache.hpp>
#include <engine/control.hpp>
#include <engine/ledger.hpp>
#include <engine/machine.hpp>
#include <engine/output_log.hpp>
#include <engine/recorder.hpp>
#include <plugins/components.hpp>
#include <set>
#include <workflow/workflow.hpp>

namespace hashloom::engine {

/// What all parts of one run share, from any thread.
struct Job {
  const workflow::Workflow& workflow;
  std::filesystem::path folder;
  Machine machine;
  plugins::Components& components;  ///< all that the workflow names are opened before threads start
  Recorder& recorder;
  Ledger& ledger;
  Control& control;
  cache::Cache cache;
  std::set<std::string> forced = {};  ///< stages whose results are not taken from the cache
  OutputLog output{folder};
  std::atomic<bool> failing = false;  ///< some stage failed: all others stop at once
  std::atomic<bool> cache_has_failed = false;

  std::filesystem::path checkpoint(const std::string& unit) const {
    return folder / "checkpoints" / (unit + ".safetensors");
  }
  std::filesystem::path epoch_checkpoint(const std::string& unit) const {
    return folder / "checkpoints" / (unit + ".epoch.safetensors");
  }
};

}  // namespace hashloom::engine
