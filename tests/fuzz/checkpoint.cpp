// Any bytes are named tensors or a CorruptFile. The hash of the data is put right first, else nothing behind it is
// reached.
#include <cstring>
#include <events/sha256.hpp>
#include <memory_file.hpp>
#include <store/tensor_file.hpp>
#include <vector>

using namespace hashloom;

namespace {

/// Where the header names a hash, the one of what follows it.
std::vector<uint8_t> with_right_hash(const uint8_t* data, size_t size) {
  std::vector<uint8_t> bytes(data, data + size);
  uint64_t length = 0;
  if (size < sizeof length) return bytes;
  std::memcpy(&length, data, sizeof length);
  if (length > size - sizeof length) return bytes;
  std::string header(reinterpret_cast<const char*>(data) + sizeof length, length);
  const std::string key = "\"sha256\":\"";
  const auto at = header.find(key);
  if (at == std::string::npos || header.size() < at + key.size() + 64) return bytes;
  const auto hash = events::sha256(std::as_bytes(std::span(data, size)).subspan(sizeof length + length));
  std::memcpy(bytes.data() + sizeof length + at + key.size(), hash.data(), hash.size());
  return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto bytes = with_right_hash(data, size);
  const fuzz::MemoryFile file(bytes);
  try {
    store::read(file.path());
  } catch (const store::CorruptFile&) {
  }
  return 0;
}
