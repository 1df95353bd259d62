#pragma once
#include <filesystem>
#include <span>
#include <string>

namespace hashloom::events {

/// SHA-256 in lower-case hex.
std::string sha256(std::span<const std::byte> bytes);
std::string sha256(const std::string& text);
/// Of a file's contents. Throws std::filesystem::filesystem_error if it can't be read.
std::string sha256_of_file(const std::filesystem::path& file);

}  // namespace hashloom::events
