#include "idx_files.hpp"

#include <zlib.h>

#include <fstream>
#include <iterator>
#include <plugin_under_test.hpp>
#include <stdexcept>

namespace hashloom::test {
namespace {

namespace fs = std::filesystem;

std::string images(uint32_t count, int first_value) {
  std::string data;
  for (uint32_t i = 0; i < count; ++i) data.append(2 * 3, static_cast<char>(first_value + static_cast<int>(i)));
  return idx(0x803, {count, 2, 3}, data);
}

std::string labels(uint32_t count) {
  std::string data;
  for (uint32_t i = 0; i < count; ++i) data += static_cast<char>(i % 10);
  return idx(0x801, {count}, data);
}

}  // namespace

std::string idx(uint32_t magic, const std::vector<uint32_t>& sizes, const std::string& data) {
  std::string bytes;
  const auto put = [&](uint32_t word) {
    for (const int shift : {24, 16, 8, 0}) bytes += static_cast<char>(word >> shift & 0xFF);
  };
  put(magic);
  for (const uint32_t size : sizes) put(size);
  return bytes + data;
}

TinyMnist::TinyMnist(As as) {
  const auto put = [&](const std::string& name, const std::string& bytes) {
    as == As::gzip ? write_gzip(name + ".gz", bytes) : write(name, bytes);
  };
  put("train-images-idx3-ubyte", images(40, 0));
  put("train-labels-idx1-ubyte", labels(40));
  put("t10k-images-idx3-ubyte", images(30, 100));
  put("t10k-labels-idx1-ubyte", labels(30));
}

void TinyMnist::write(const std::string& name, const std::string& bytes) const {
  std::ofstream(folder_ / name, std::ios::binary) << bytes;
}

void TinyMnist::write_gzip(const std::string& name, const std::string& bytes) const {
  const gzFile file = gzopen((folder_ / name).c_str(), "wb");
  gzwrite(file, bytes.data(), static_cast<unsigned>(bytes.size()));
  gzclose(file);
}

std::string TinyMnist::read(const std::string& name) const {
  std::ifstream file(folder_ / name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void TinyMnist::remove(const std::string& name) const { fs::remove(folder_ / name); }

Instance mnist(const TinyMnist& files, std::map<std::string, ParamValue> values) {
  values.emplace("dir", files.dir().string());
  values.emplace("queries_per_class", int64_t{2});
  return make("idx", "dataset/mnist", values);
}

}  // namespace hashloom::test
