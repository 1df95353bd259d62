#pragma once
#include <cstdint>
#include <hashloom/tensor.hpp>
#include <memory>
#include <span>
#include <vector>

namespace hashloom {

/// Binary codes of one split, packed: item n is row n, bit i is bit (i % 64) of word i / 64; bits past the end are 0.
/// Copying is cheap (the words are shared); the words are never changed after construction.
class HASHLOOM_API Codes {
 public:
  Codes() = default;  ///< no items, no bits

  /// Packs bool [N, bits]. Throws ShapeError unless `bits` is a matrix of bool with 1 to 4096 columns.
  static Codes pack(const Tensor& bits);

  /// From words as words() gives them. Throws ShapeError if their number does not fit or bits past the end are set.
  static Codes from_words(std::vector<uint64_t> words, int64_t items, int64_t bits);

  int64_t items() const { return items_; }  ///< N
  int64_t bits() const { return bits_; }    ///< code length
  int64_t words_per_item() const { return (bits_ + 63) / 64; }
  std::span<const uint64_t> words() const;            ///< N * ceil(bits / 64), row-major
  std::span<const uint64_t> row(int64_t item) const;  ///< the words of one item

  Tensor unpack() const;                     ///< bool [N, bits] on the CPU
  Tensor unpack(const Tensor& items) const;  ///< bool [n, bits] of the items named by int64 [n], on the CPU

  /// Fraction of bits that differ, in [0, 1]. Throws ShapeError if items or lengths differ.
  double changed_since(const Codes& earlier) const;
  int64_t distinct() const;  ///< number of different codes

  bool operator==(const Codes& other) const;

 private:
  std::shared_ptr<const std::vector<uint64_t>> words_;
  int64_t items_ = 0, bits_ = 0;
};

/// Number of bits in which two rows of equal length differ.
HASHLOOM_API int64_t hamming_distance(std::span<const uint64_t> a, std::span<const uint64_t> b);

}  // namespace hashloom
