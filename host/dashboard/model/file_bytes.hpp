#pragma once
#include <cstddef>
#include <filesystem>
#include <vector>

namespace hashloom::dash {

/// A blob's bytes. Throws std::runtime_error that names the file where it is missing or can't be read.
std::vector<std::byte> bytes_of(const std::filesystem::path& file);

}  // namespace hashloom::dash
