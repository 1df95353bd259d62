#pragma once
#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

namespace hashloom::dash {

/// The codes of a split as a run's blob holds them: item n is row n, bit i is bit (i % 64) of word i / 64.
class CodeMatrix {
 public:
  CodeMatrix(std::vector<uint64_t> words, int64_t items, int64_t bits);
  /// Throws std::runtime_error where the blob is missing, damaged, or holds no codes of so many bits.
  static CodeMatrix read(const std::filesystem::path& blob, int64_t bits);

  int64_t items() const { return items_; }
  int64_t bits() const { return bits_; }
  std::span<const uint64_t> row(int64_t item) const;
  int64_t distance(int64_t a, int64_t b) const;  ///< bits in which two items differ
  std::string hex(int64_t item) const;           ///< bit 0 is the last digit's lowest

  std::vector<double> ones() const;  ///< the share of items that have each bit
  /// |Pearson's correlation| of bits i and j at [i * bits + j]; 0 for a bit that is constant, 1 on the diagonal.
  std::vector<double> correlations() const;
  int64_t distinct() const;

 private:
  std::vector<std::vector<uint64_t>> columns() const;

  int64_t items_, bits_, per_item_;
  std::vector<uint64_t> words_;
};

}  // namespace hashloom::dash
