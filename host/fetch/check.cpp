#include <fmt/format.h>
#include <openssl/evp.h>
#include <zlib.h>

#include <cerrno>
#include <cstring>
#include <fetch/check.hpp>
#include <hashloom/errors.hpp>
#include <memory>
#include <vector>

namespace hashloom::fetch {
namespace {

using GzipFile = std::unique_ptr<gzFile_s, decltype(&gzclose)>;

GzipFile open(const std::filesystem::path& file) {
  GzipFile in(::gzopen(file.c_str(), "rb"), &gzclose);
  if (!in) throw Error(fmt::format("can't read {}: {}", file.string(), std::strerror(errno)), "make it readable");
  return in;
}

std::string hex(const unsigned char* bytes, unsigned size) {
  std::string text;
  for (unsigned i = 0; i < size; ++i) text += fmt::format("{:02x}", bytes[i]);
  return text;
}

/// What zlib says of the end of the file; empty if all is well.
std::string trouble_of(gzFile file, int64_t bytes) {
  int error = Z_OK;
  const char* said = ::gzerror(file, &error);
  if (error == Z_BUF_ERROR)
    return fmt::format("is truncated: its gzip data breaks off after {} bytes of contents", bytes);
  if (error != Z_OK && error != Z_STREAM_END) return fmt::format("is damaged: {}", said);
  return "";
}

}  // namespace

std::string objection(const std::filesystem::path& file, const std::string& md5) {
  if (!std::filesystem::exists(file)) return "is not there";
  const auto in = open(file);
  if (::gzdirect(in.get()) == 1) return "is no gzip file";
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> digest(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  EVP_DigestInit_ex(digest.get(), EVP_md5(), nullptr);
  std::vector<char> buffer(1 << 18);
  int64_t bytes = 0;
  for (int got = 0; (got = ::gzread(in.get(), buffer.data(), static_cast<unsigned>(buffer.size()))) > 0; bytes += got)
    EVP_DigestUpdate(digest.get(), buffer.data(), static_cast<size_t>(got));
  if (auto trouble = trouble_of(in.get(), bytes); !trouble.empty()) return trouble;
  unsigned char sum[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  EVP_DigestFinal_ex(digest.get(), sum, &size);
  if (hex(sum, size) == md5) return "";
  return fmt::format("has the wrong contents: MD5 {} where {} is expected", hex(sum, size), md5);
}

}  // namespace hashloom::fetch
