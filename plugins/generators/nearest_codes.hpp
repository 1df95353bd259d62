#pragma once
#include <hashloom/codes.hpp>

/// Among many codes, those nearest to one in Hamming distance.
class NearestCodes {
 public:
  NearestCodes() = default;
  explicit NearestCodes(hashloom::Codes codes) : codes_(std::move(codes)) {}

  /// The item that stands at `rank` (0: nearest) when all but `left_out` (-1: none) are sorted by distance to `code`
  /// and equal distances are in random order; `luck` decides that order. rank < items, less one if one is left out.
  int64_t pick(std::span<const uint64_t> code, int64_t left_out, int64_t rank, uint64_t luck) const;

  const hashloom::Codes& codes() const { return codes_; }

 private:
  hashloom::Codes codes_;
};
