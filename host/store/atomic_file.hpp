#pragma once
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace hashloom::store {

/// Writes `parts` one after the other to a temporary file beside `file`, syncs it and renames it over `file`: readers
/// see the old or the new bytes, whatever happens. Makes missing folders. Throws std::system_error naming the file.
void write_atomically(const std::filesystem::path& file, const std::vector<std::span<const std::byte>>& parts);
void write_atomically(const std::filesystem::path& file, const std::string& text);

}  // namespace hashloom::store
