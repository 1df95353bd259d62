#pragma once
#include <cstdint>
#include <filesystem>

namespace hashloom::exports {

struct Mirrored {
  std::filesystem::path file;
  int64_t figures = 0, pictures = 0;
};

/// Writes a run's metrics, losses, changed bits and pictures as one file of TensorBoard events into `folder`. Tags are
/// STAGE/NAME; the step is the round, or for what belongs to an epoch the number of epochs that the stage had done;
/// times are those of the run. Throws DataError if `run` is no run, std::system_error if the file can't be written.
Mirrored export_tensorboard(const std::filesystem::path& run, const std::filesystem::path& folder);

}  // namespace hashloom::exports
