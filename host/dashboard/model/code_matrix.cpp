#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <dashboard/model/code_matrix.hpp>
#include <dashboard/model/file_bytes.hpp>
#include <events/npy.hpp>
#include <stdexcept>
#include <string_view>
#include <unordered_set>

namespace hashloom::dash {
namespace {

int64_t ones_in(std::span<const uint64_t> words) {
  int64_t count = 0;
  for (const uint64_t word : words) count += std::popcount(word);
  return count;
}

int64_t together(std::span<const uint64_t> a, std::span<const uint64_t> b) {
  int64_t count = 0;
  for (size_t i = 0; i < a.size(); ++i) count += std::popcount(a[i] & b[i]);
  return count;
}

std::vector<double> shares(const std::vector<std::vector<uint64_t>>& columns, int64_t items) {
  std::vector<double> all;
  for (const auto& column : columns)
    all.push_back(items > 0 ? static_cast<double>(ones_in(column)) / static_cast<double>(items) : 0);
  return all;
}

}  // namespace

CodeMatrix::CodeMatrix(std::vector<uint64_t> words, int64_t items, int64_t bits)
    : items_(items), bits_(bits), per_item_((bits + 63) / 64), words_(std::move(words)) {
  if (items < 0 || bits < 1 || std::ssize(words_) != items * per_item_)
    throw std::runtime_error(fmt::format("{} words are no {} codes of {} bits", words_.size(), items, bits));
}

CodeMatrix CodeMatrix::read(const std::filesystem::path& blob, int64_t bits) {
  auto matrix = events::from_npy(bytes_of(blob));
  auto* words = std::get_if<std::vector<uint64_t>>(&matrix.values);
  if (words == nullptr) throw std::runtime_error(blob.string() + " holds no packed codes");
  return {std::move(*words), matrix.rows, bits};
}

std::span<const uint64_t> CodeMatrix::row(int64_t item) const {
  return std::span(words_).subspan(static_cast<size_t>(item * per_item_), static_cast<size_t>(per_item_));
}

int64_t CodeMatrix::distance(int64_t a, int64_t b) const {
  const auto first = row(a), second = row(b);
  int64_t count = 0;
  for (size_t i = 0; i < first.size(); ++i) count += std::popcount(first[i] ^ second[i]);
  return count;
}

std::string CodeMatrix::hex(int64_t item) const {
  std::string text;
  const auto words = row(item);
  for (int64_t digit = (bits_ + 3) / 4 - 1; digit >= 0; --digit)
    text += fmt::format("{:x}", words[static_cast<size_t>(digit / 16)] >> (4 * (digit % 16)) & 15);
  return text;
}

/// Each bit's column as a bit set over the items.
std::vector<std::vector<uint64_t>> CodeMatrix::columns() const {
  std::vector<std::vector<uint64_t>> all(static_cast<size_t>(bits_),
                                         std::vector<uint64_t>(static_cast<size_t>((items_ + 63) / 64)));
  for (int64_t item = 0; item < items_; ++item) {
    const auto words = row(item);
    for (int64_t bit = 0; bit < bits_; ++bit)
      all[static_cast<size_t>(bit)][static_cast<size_t>(item / 64)] |=
          (words[static_cast<size_t>(bit / 64)] >> (bit % 64) & 1) << (item % 64);
  }
  return all;
}

std::vector<double> CodeMatrix::ones() const { return shares(columns(), items_); }

std::vector<double> CodeMatrix::correlations() const {
  const auto all = columns();
  const auto p = shares(all, items_);
  const auto bits = static_cast<size_t>(bits_);
  std::vector<double> values(bits * bits);
  for (size_t i = 0; i < bits; ++i) {
    values[i * bits + i] = 1;
    for (size_t j = i + 1; j < bits; ++j) {
      const double both = static_cast<double>(together(all[i], all[j])) / static_cast<double>(items_);
      const double spread = std::sqrt(p[i] * (1 - p[i]) * p[j] * (1 - p[j]));
      values[i * bits + j] = values[j * bits + i] = spread > 0 ? std::abs(both - p[i] * p[j]) / spread : 0;
    }
  }
  return values;
}

int64_t CodeMatrix::distinct() const {
  std::unordered_set<std::string_view> seen;
  for (int64_t item = 0; item < items_; ++item) {
    const auto words = row(item);
    seen.emplace(reinterpret_cast<const char*>(words.data()), words.size_bytes());
  }
  return std::ssize(seen);
}

}  // namespace hashloom::dash
