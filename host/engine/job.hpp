#pragma once
#include <engine/ledger.hpp>
#include <engine/machine.hpp>
#include <engine/recorder.hpp>
#include <engine/result_cache.hpp>
#include <plugins/components.hpp>
#include <workflow/workflow.hpp>

namespace hashloom::engine {

/// What all parts of one run share.
struct Job {
  const workflow::Workflow& workflow;
  std::filesystem::path folder;
  Machine machine;
  plugins::Components& components;
  Recorder& recorder;
  Ledger& ledger;
  ResultCache cache;

  std::filesystem::path checkpoint(const std::string& unit) const {
    return folder / "checkpoints" / (unit + ".safetensors");
  }
  std::filesystem::path epoch_checkpoint(const std::string& unit) const {
    return folder / "checkpoints" / (unit + ".epoch.safetensors");
  }
};

}  // namespace hashloom::engine
