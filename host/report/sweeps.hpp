#pragma once
#include <filesystem>
#include <vector>

namespace hashloom::report {

/// A sweep's folder holds sweep.json and, in a folder each, the runs of its cells.
bool is_sweep(const std::filesystem::path& folder);

/// The cells' folders in the order of the matrix. Throws BadFolder if sweep.json is damaged or names no folder in it.
std::vector<std::filesystem::path> cells_of(const std::filesystem::path& sweep);

/// Each folder, a sweep's replaced by its cells'. Throws BadFolder as cells_of.
std::vector<std::filesystem::path> with_cells(const std::vector<std::filesystem::path>& folders);

}  // namespace hashloom::report
