#include <dashboard/model/file_bytes.hpp>
#include <fstream>
#include <stdexcept>

namespace hashloom::dash {

std::vector<std::byte> bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::error_code failed;
  const auto size = std::filesystem::file_size(file, failed);
  if (!in || failed)
    throw std::runtime_error(file.string() + " is missing: was it deleted, or not copied with the run?");
  std::vector<std::byte> bytes(size);
  if (!in.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size)))
    throw std::runtime_error(file.string() + " can't be read");
  return bytes;
}

}  // namespace hashloom::dash
