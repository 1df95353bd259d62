#pragma once
#include <filesystem>
#include <hashloom/schema.hpp>
#include <string>
#include <vector>

namespace hashloom::engine {

/// A parameter that was changed while the run went on.
struct Tuning {
  std::string stage, parameter;
  ParamValue value;
  int64_t round = -1;  ///< from which it holds; -1: not yet, it waits for the stage
  int64_t epoch = 0;   ///< 0: from the start of the round, else from the start of that epoch
};

/// A plugin whose rebuilt library is used from a round on.
struct Swap {
  std::string plugin;
  std::string folder;  ///< of the copy, in the run's folder: "plugins/1f0c..."
  int64_t round = -1;  ///< -1: from the next round that begins
};

/// What the engine accepted of control.jsonl: checkpoints/control.json, written before it has an effect, so that a run
/// that goes on repeats it.
struct ControlRecord {
  int64_t requests_read = 0;
  std::vector<Tuning> tunings;
  std::vector<Swap> swaps;
};

/// Empty if there is no such file. Throws store::CorruptFile.
ControlRecord read_control(const std::filesystem::path& run);
void write(const std::filesystem::path& run, const ControlRecord& record);

}  // namespace hashloom::engine
