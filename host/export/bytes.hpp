#pragma once
#include <filesystem>
#include <fstream>
#include <string>

namespace hashloom::exports {

/// A file's bytes; none where it can't be read.
inline std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace hashloom::exports
