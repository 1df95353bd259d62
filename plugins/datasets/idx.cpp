#include "idx.hpp"

#include <ATen/ops/empty.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <hashloom/errors.hpp>
#include <memory>
#include <utility>
#include <vector>

namespace hashloom::idx {
namespace {

namespace fs = std::filesystem;

/// No stream of gzip's deflate grows by more than this when unpacked.
constexpr double kLargestGzipRatio = 1032;

struct Closer {
  void operator()(gzFile file) const { gzclose(file); }
};

/// The bytes of a file, unpacked if it is gzip.
class Bytes {
 public:
  Bytes(const fs::path& file, const std::string& remedy) : path_(file), remedy_(remedy) {
    errno = 0;
    file_.reset(gzopen(file.c_str(), "rb"));
    if (!file_ || !fs::is_regular_file(file)) fail(fmt::format("cannot be read: {}", reason()));
    if (path_.extension() == ".gz" && gzdirect(file_.get())) fail("is named .gz but is not gzip");
  }

  [[noreturn]] void fail(const std::string& what) const { throw DataError(path_.string() + " " + what, remedy_); }

  /// The largest number of bytes that it can hold, told from the file's length.
  double capacity() const {
    const auto length = static_cast<double>(fs::file_size(path_));
    return gzdirect(file_.get()) ? length : length * kLargestGzipRatio;
  }

  /// Reads up to `wanted` bytes; fewer at the end of the file.
  int64_t read(uint8_t* into, int64_t wanted) {
    int64_t done = 0;
    while (done < wanted) {
      const auto step = static_cast<unsigned>(std::min<int64_t>(wanted - done, 1 << 30));
      const int got = gzread(file_.get(), into + done, step);
      if (got < 0) fail(fmt::format("is damaged after {} bytes: {}", gztell(file_.get()), trouble().second));
      if (got == 0 && trouble().first == Z_BUF_ERROR)
        fail(fmt::format("is truncated: it ends within its gzip stream, after {} bytes", gztell(file_.get())));
      if (got == 0) break;
      done += got;
    }
    return done;
  }

 private:
  static std::string reason() { return errno ? std::strerror(errno) : "not a file"; }
  std::pair<int, std::string> trouble() const {
    int code = 0;
    const std::string text = gzerror(file_.get(), &code);
    return {code, text};
  }

  fs::path path_;
  std::string remedy_;
  std::unique_ptr<gzFile_s, Closer> file_;
};

uint32_t big_endian(const uint8_t* b) {
  return uint32_t{b[0]} << 24 | uint32_t{b[1]} << 16 | uint32_t{b[2]} << 8 | b[3];
}

uint32_t read_word(Bytes& bytes) {
  std::array<uint8_t, 4> word{};
  const auto got = bytes.read(word.data(), 4);
  if (got < 4) bytes.fail("is truncated: it ends within its header");
  return big_endian(word.data());
}

std::vector<int64_t> read_sizes(Bytes& bytes, int dimensions) {
  const uint32_t magic = read_word(bytes), expected = 0x800u + static_cast<uint32_t>(dimensions);
  if (magic != expected)
    bytes.fail(
        fmt::format("is not an IDX file of bytes in {} dimension{}: its first bytes are {:#010x}, expected {:#010x}",
                    dimensions, dimensions == 1 ? "" : "s", magic, expected));
  std::vector<int64_t> sizes;
  for (int i = 0; i < dimensions; ++i) sizes.push_back(read_word(bytes));
  return sizes;
}

/// A header can promise up to 2^96 bytes: compared as a double before anything is allocated. Where one size is 0 the
/// others still have to be those of a tensor.
void check_capacity(const Bytes& bytes, const std::vector<int64_t>& sizes) {
  double promised = 1, extent = 1;
  for (const int64_t size : sizes) {
    promised *= static_cast<double>(size);
    extent *= static_cast<double>(std::max<int64_t>(size, 1));
  }
  if (promised > bytes.capacity() || extent > 0x1p62)
    bytes.fail(fmt::format("is truncated: its header promises {} bytes, a file of its length holds at most {:.0f}",
                           fmt::join(sizes, " x "), bytes.capacity()));
}

}  // namespace

Tensor read(const fs::path& file, int dimensions, const std::string& remedy) {
  Bytes bytes(file, remedy);
  const auto sizes = read_sizes(bytes, dimensions);
  check_capacity(bytes, sizes);
  Tensor data = at::empty(sizes, at::kByte);
  const int64_t got = bytes.read(data.mutable_data_ptr<uint8_t>(), data.numel());
  if (got < data.numel()) bytes.fail(fmt::format("is truncated: it holds {} of {} bytes", got, data.numel()));
  uint8_t beyond = 0;
  if (bytes.read(&beyond, 1) != 0)
    bytes.fail(fmt::format("is longer than its header says ({} bytes)", fmt::join(sizes, " x ")));
  return data;
}

}  // namespace hashloom::idx
