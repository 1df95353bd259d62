#include <fmt/format.h>

#include <bit>
#include <charconv>
#include <cstring>
#include <events/npy.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
namespace hashloom::events {
namespace {

static_assert(std::endian::native == std::endian::little, "values are written as they lie in memory");

constexpr std::string_view kMagic("\x93NUMPY\x01\x00", 8);  // with version 1.0
constexpr size_t kPreamble = kMagic.size() + 2;             // and the header's length
constexpr size_t kAlignment = 64;

template <class T>
constexpr std::string_view kType;
template <>
constexpr std::string_view kType<uint8_t> = "|u1";
template <>
constexpr std::string_view kType<uint64_t> = "<u8";
template <>
constexpr std::string_view kType<float> = "<f4";

std::string header(std::string_view type, int64_t rows, int64_t columns) {
  auto text = fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': ({}, {}), }}", type, rows, columns);
  while ((kPreamble + text.size() + 1) % kAlignment != 0) text += ' ';
  return text + '\n';
}

template <class T>
std::vector<std::byte> encode(std::span<const T> values, int64_t rows, int64_t columns) {
  if (rows < 0 || columns < 0 || values.size() != static_cast<uint64_t>(rows) * static_cast<uint64_t>(columns))
    throw std::invalid_argument(fmt::format("{} values are no matrix of {} x {}", values.size(), rows, columns));
  const auto text = header(kType<T>, rows, columns);
  const auto length = static_cast<uint16_t>(text.size());
  std::vector<std::byte> file(kPreamble + text.size() + values.size_bytes());
  std::memcpy(file.data(), kMagic.data(), kMagic.size());
  std::memcpy(file.data() + kMagic.size(), &length, sizeof length);
  std::memcpy(file.data() + kPreamble, text.data(), text.size());
  if (!values.empty()) std::memcpy(file.data() + kPreamble + text.size(), values.data(), values.size_bytes());
  return file;
}

struct Header {
  std::optional<std::string> type;
  std::optional<bool> column_major;
  std::optional<std::pair<int64_t, int64_t>> shape;
};

[[noreturn]] void refuse(const std::string& why) { throw std::runtime_error("not a .npy matrix: " + why); }

/// Reads the header's Python dictionary; only what NumPy writes for a matrix is taken.
class HeaderParser {
 public:
  explicit HeaderParser(std::string_view text) : rest_(text) {}

  Header parse() {
    Header header;
    expect('{');
    while (!take('}')) {
      read_entry(header);
      if (!take(',')) {
        expect('}');
        break;
      }
    }
    skip_spaces();
    if (!rest_.empty()) refuse("text after the header's dictionary");
    return header;
  }

 private:
  void skip_spaces() {
    while (!rest_.empty() && (rest_.front() == ' ' || rest_.front() == '\n')) rest_.remove_prefix(1);
  }

  bool take(char wanted) {
    skip_spaces();
    if (rest_.empty() || rest_.front() != wanted) return false;
    rest_.remove_prefix(1);
    return true;
  }

  void expect(char wanted) {
    if (!take(wanted)) refuse(fmt::format("'{}' is missing in its header", wanted));
  }

  std::string text() {
    const char quote = take('"') ? '"' : '\'';
    if (quote == '\'') expect('\'');
    const auto end = rest_.find(quote);
    if (end == std::string_view::npos) refuse("a quote is not closed in its header");
    const std::string text(rest_.substr(0, end));
    rest_.remove_prefix(end + 1);
    return text;
  }

  bool flag() {
    skip_spaces();
    for (const std::string_view word : {"True", "False"})
      if (rest_.starts_with(word)) {
        rest_.remove_prefix(word.size());
        return word == "True";
      }
    refuse("fortran_order is neither True nor False");
  }

  int64_t count() {
    skip_spaces();
    int64_t value = -1;
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    if (error != std::errc() || value < 0) refuse("its shape is no two numbers");
    rest_.remove_prefix(static_cast<size_t>(end - rest_.data()));
    return value;
  }

  std::pair<int64_t, int64_t> shape() {
    expect('(');
    const auto rows = count();
    expect(',');
    const auto columns = count();
    take(',');
    expect(')');
    return {rows, columns};
  }

  void read_entry(Header& header) {
    const auto key = text();
    expect(':');
    if (key == "descr" && !header.type)
      header.type = text();
    else if (key == "fortran_order" && !header.column_major)
      header.column_major = flag();
    else if (key == "shape" && !header.shape)
      header.shape = shape();
    else
      refuse(fmt::format("'{}' is unknown or stands twice in its header", key));
  }

  std::string_view rest_;
};

std::string_view header_text(std::span<const std::byte> file) {
  const std::string_view text(reinterpret_cast<const char*>(file.data()), file.size());
  if (text.size() < kPreamble) refuse(fmt::format("{} bytes are too few", text.size()));
  if (!text.starts_with(kMagic.substr(0, 6))) refuse("it does not begin with \\x93NUMPY");
  if (!text.starts_with(kMagic)) refuse(fmt::format("format {}.{}, only 1.0 is read", int(file[6]), int(file[7])));
  const size_t length = size_t(file[8]) | size_t(file[9]) << 8;
  if (length > text.size() - kPreamble) refuse("it ends within its header");
  return text.substr(kPreamble, length);
}

template <class T>
std::vector<T> decode(std::span<const std::byte> data, int64_t rows, int64_t columns) {
  int64_t count = 0, bytes = 0;
  if (__builtin_mul_overflow(rows, columns, &count) || __builtin_mul_overflow(count, int64_t{sizeof(T)}, &bytes) ||
      static_cast<uint64_t>(bytes) != data.size())
    refuse(fmt::format("{} bytes of values do not fill {} x {} of '{}'", data.size(), rows, columns, kType<T>));
  std::vector<T> values(static_cast<size_t>(count));
  if (!data.empty()) std::memcpy(values.data(), data.data(), data.size());
  return values;
}

}  // namespace

std::vector<std::byte> npy(std::span<const uint8_t> values, int64_t rows, int64_t columns) {
  return encode(values, rows, columns);
}
std::vector<std::byte> npy(std::span<const uint64_t> values, int64_t rows, int64_t columns) {
  return encode(values, rows, columns);
}
std::vector<std::byte> npy(std::span<const float> values, int64_t rows, int64_t columns) {
  return encode(values, rows, columns);
}

NpyMatrix from_npy(std::span<const std::byte> file) {
  const auto text = header_text(file);
  const auto header = HeaderParser(text).parse();
  if (!header.type || !header.column_major || !header.shape) refuse("descr, fortran_order or shape is missing");
  if (*header.column_major) refuse("its values lie by columns");
  const auto [rows, columns] = *header.shape;
  const auto data = file.subspan(kPreamble + text.size());
  if (*header.type == kType<uint8_t>) return {rows, columns, decode<uint8_t>(data, rows, columns)};
  if (*header.type == kType<uint64_t>) return {rows, columns, decode<uint64_t>(data, rows, columns)};
  if (*header.type == kType<float>) return {rows, columns, decode<float>(data, rows, columns)};
  refuse(fmt::format("values of type '{}'; it may have |u1, <u8 or <f4", *header.type));
}

}  // namespace hashloom::events
