#include <ATen/ops/empty.h>
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <hashloom/codes.hpp>
#include <hashloom/errors.hpp>
#include <numeric>

namespace hashloom {
namespace {

constexpr int64_t kLongest = 4096;

void unpack_row(std::span<const uint64_t> row, int64_t bits, bool* out) {
  for (int64_t i = 0; i < bits; ++i) out[i] = (row[i / 64] >> (i % 64)) & 1;
}

}  // namespace

Codes Codes::pack(const Tensor& bits) {
  if (!bits.defined() || bits.dim() != 2 || bits.scalar_type() != at::kBool || bits.size(1) < 1 ||
      bits.size(1) > kLongest)
    throw ShapeError(fmt::format("bits are bool [N, 1 to {}], these are {}", kLongest, describe(bits)));
  const Tensor dense = bits.cpu().contiguous();
  const int64_t items = dense.size(0), length = dense.size(1), per_item = (length + 63) / 64;
  std::vector<uint64_t> words(items * per_item, 0);
  const bool* in = dense.const_data_ptr<bool>();
  for (int64_t n = 0; n < items; ++n)
    for (int64_t i = 0; i < length; ++i) words[n * per_item + i / 64] |= uint64_t{in[n * length + i]} << (i % 64);
  return from_words(std::move(words), items, length);
}

Codes Codes::from_words(std::vector<uint64_t> words, int64_t items, int64_t bits) {
  const int64_t per_item = (bits + 63) / 64;
  if (bits < 1 || bits > kLongest || static_cast<int64_t>(words.size()) != items * per_item)
    throw ShapeError(fmt::format("{} words do not hold {} codes of {} bits", words.size(), items, bits));
  const uint64_t unused = bits % 64 ? ~uint64_t{0} << (bits % 64) : 0;
  for (int64_t n = 0; n < items; ++n)
    if (words[(n + 1) * per_item - 1] & unused) throw ShapeError(fmt::format("code {} has bits past bit {}", n, bits));
  Codes codes;
  codes.words_ = std::make_shared<const std::vector<uint64_t>>(std::move(words));
  codes.items_ = items;
  codes.bits_ = bits;
  return codes;
}

std::span<const uint64_t> Codes::words() const {
  return words_ ? std::span<const uint64_t>(*words_) : std::span<const uint64_t>{};
}

std::span<const uint64_t> Codes::row(int64_t item) const {
  return words().subspan(item * words_per_item(), words_per_item());
}

Tensor Codes::unpack() const {
  Tensor out = at::empty({items_, bits_}, at::kBool);
  for (int64_t n = 0; n < items_; ++n) unpack_row(row(n), bits_, out.mutable_data_ptr<bool>() + n * bits_);
  return out;
}

Tensor Codes::unpack(const Tensor& items) const {
  const Tensor wanted = items.cpu().contiguous();
  Tensor out = at::empty({wanted.numel(), bits_}, at::kBool);
  const int64_t* at = wanted.const_data_ptr<int64_t>();
  for (int64_t n = 0; n < wanted.numel(); ++n) unpack_row(row(at[n]), bits_, out.mutable_data_ptr<bool>() + n * bits_);
  return out;
}

double Codes::changed_since(const Codes& earlier) const {
  if (items_ != earlier.items_ || bits_ != earlier.bits_)
    throw ShapeError(fmt::format("{} codes of {} bits can't be compared with {} of {}", items_, bits_, earlier.items_,
                                 earlier.bits_));
  if (items_ == 0) return 0;
  return static_cast<double>(hamming_distance(words(), earlier.words())) / static_cast<double>(items_ * bits_);
}

int64_t Codes::distinct() const {
  std::vector<int64_t> order(items_);
  std::iota(order.begin(), order.end(), 0);
  const auto less = [this](int64_t a, int64_t b) { return std::ranges::lexicographical_compare(row(a), row(b)); };
  std::sort(order.begin(), order.end(), less);
  const auto same = [this](int64_t a, int64_t b) { return std::ranges::equal(row(a), row(b)); };
  return std::unique(order.begin(), order.end(), same) - order.begin();
}

bool Codes::operator==(const Codes& other) const {
  return items_ == other.items_ && bits_ == other.bits_ && std::ranges::equal(words(), other.words());
}

int64_t hamming_distance(std::span<const uint64_t> a, std::span<const uint64_t> b) {
  int64_t distance = 0;
  for (size_t i = 0; i < a.size(); ++i) distance += std::popcount(a[i] ^ b[i]);
  return distance;
}

}  // namespace hashloom
