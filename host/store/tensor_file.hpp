#pragma once
#include <filesystem>
#include <hashloom/errors.hpp>
#include <hashloom/tensor.hpp>
#include <map>
#include <string>

namespace hashloom::store {

/// A file that is cut short, altered or no tensor file at all.
class CorruptFile : public Error {
 public:
  using Error::Error;
};

/// Named tensors and notes, in the safetensors format: 8 bytes of header length, a JSON header, raw little-endian data.
/// The notes stand in __metadata__, with a SHA-256 of the data, so that a file altered or cut short is noticed.
struct TensorFile {
  std::map<std::string, Tensor> tensors;  ///< on the CPU, contiguous
  std::map<std::string, std::string> notes;
};

/// Writes atomically. Throws std::system_error naming the file.
void write(const std::filesystem::path& path, const TensorFile& file);

/// Throws CorruptFile, or std::filesystem::filesystem_error if it can't be read.
TensorFile read(const std::filesystem::path& path);

}  // namespace hashloom::store
