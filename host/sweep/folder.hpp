#pragma once
#include <engine/run_folder.hpp>
#include <filesystem>
#include <string>
#include <vector>

namespace hashloom::sweep {

/// One cell of a matrix, ready to run.
struct Cell {
  std::string label;  ///< "bits=16, seed=1"
  engine::RunRecord record;
};

/// Makes runs/<name>-<time>/ with sweep.json (schema, name, workflow, command, cells: label and folder) and in it a
/// run's folder for each cell, named after its label. Throws std::system_error if that can't be written.
std::filesystem::path make_folder(const std::filesystem::path& runs, const std::vector<Cell>& cells,
                                  const std::vector<std::string>& command);

}  // namespace hashloom::sweep
