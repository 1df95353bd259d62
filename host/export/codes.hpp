#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace hashloom::exports {

enum class Packing {
  words,  ///< uint64 [items, words]: bit i is bit (i % 64) of word i / 64
  bits,   ///< uint8 [items, bits] of 0 and 1
};

struct CodesFile {
  std::filesystem::path file;
  std::string type;  ///< "uint64", "uint8"
  int64_t items = 0, columns = 0, bits = 0;
};

/// Writes the codes that the run's encoder gives its own images, as recorded last: for the target "codes"
/// codes/train.npy, codes/query.npy and codes/database.npy, for "x.npy" x-train.npy and so on. Throws DataError if the
/// run recorded none, std::system_error if a file can't be written.
std::vector<CodesFile> export_codes(const std::filesystem::path& run, const std::filesystem::path& target,
                                    Packing packing);

}  // namespace hashloom::exports
