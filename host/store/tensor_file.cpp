#include <ATen/ops/empty.h>
#include <fmt/format.h>

#include <array>
#include <cstring>
#include <events/sha256.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <store/atomic_file.hpp>
#include <store/tensor_file.hpp>

namespace hashloom::store {
namespace {

using nlohmann::json;

constexpr std::array<std::pair<at::ScalarType, const char*>, 10> kTypes{{{at::kFloat, "F32"},
                                                                         {at::kDouble, "F64"},
                                                                         {at::kHalf, "F16"},
                                                                         {at::kBFloat16, "BF16"},
                                                                         {at::kByte, "U8"},
                                                                         {at::kChar, "I8"},
                                                                         {at::kShort, "I16"},
                                                                         {at::kInt, "I32"},
                                                                         {at::kLong, "I64"},
                                                                         {at::kBool, "BOOL"}}};

std::string name_of(at::ScalarType type) {
  for (const auto& [known, name] : kTypes)
    if (known == type) return name;
  throw ShapeError(fmt::format("tensors of type {} can't be stored", c10::toString(type)));
}

at::ScalarType type_of(const std::string& name) {
  for (const auto& [type, known] : kTypes)
    if (known == name) return type;
  throw std::runtime_error("unknown type " + name);
}

std::span<const std::byte> bytes_of(const Tensor& tensor) {
  return {static_cast<const std::byte*>(tensor.const_data_ptr()), tensor.nbytes()};
}

std::vector<std::byte> data_of(const TensorFile& file, json& header) {
  std::vector<std::byte> data;
  for (const auto& [name, tensor] : file.tensors) {
    const Tensor dense = tensor.cpu().contiguous();
    const auto bytes = bytes_of(dense);
    header[name] = {{"dtype", name_of(dense.scalar_type())},
                    {"shape", std::vector<int64_t>(dense.sizes().begin(), dense.sizes().end())},
                    {"data_offsets", {data.size(), data.size() + bytes.size()}}};
    data.insert(data.end(), bytes.begin(), bytes.end());
  }
  return data;
}

std::string read_text(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(in), {});
  if (!in.good() && !in.eof())
    throw std::filesystem::filesystem_error("can't read", path, std::make_error_code(std::errc::io_error));
  return text;
}

Tensor tensor_at(const json& entry, std::span<const std::byte> data) {
  const auto shape = entry.at("shape").get<std::vector<int64_t>>();
  const auto offsets = entry.at("data_offsets").get<std::array<uint64_t, 2>>();
  if (offsets[0] > offsets[1] || offsets[1] > data.size()) throw std::runtime_error("offsets lie outside of the file");
  uint64_t bytes = c10::elementSize(type_of(entry.at("dtype")));
  for (const int64_t size : shape) {
    if (size < 0 || (size > 0 && bytes > data.size() / static_cast<uint64_t>(size) + 1))
      throw std::runtime_error("a shape is too large for the file");
    bytes *= static_cast<uint64_t>(size);
  }
  if (bytes != offsets[1] - offsets[0]) throw std::runtime_error("a shape does not fit its data");
  Tensor tensor = at::empty(shape, type_of(entry.at("dtype")));
  if (bytes > 0) std::memcpy(tensor.mutable_data_ptr(), data.data() + offsets[0], bytes);
  return tensor;
}

TensorFile parse(const std::string& text) {
  uint64_t length = 0;
  if (text.size() < sizeof length) throw std::runtime_error("it is shorter than a header");
  std::memcpy(&length, text.data(), sizeof length);
  if (length > text.size() - sizeof length) throw std::runtime_error("it is cut short");
  const auto header = json::parse(text.substr(sizeof length, length));
  const auto data = std::as_bytes(std::span(text)).subspan(sizeof length + length);
  TensorFile file;
  file.notes = header.at("__metadata__").get<std::map<std::string, std::string>>();
  if (file.notes["sha256"] != events::sha256(data)) throw std::runtime_error("its bytes were altered or cut short");
  file.notes.erase("sha256");
  for (const auto& [name, entry] : header.items())
    if (name != "__metadata__") file.tensors[name] = tensor_at(entry, data);
  return file;
}

}  // namespace

void write(const std::filesystem::path& path, const TensorFile& file) {
  json header = json::object();
  const auto data = data_of(file, header);
  header["__metadata__"] = file.notes;
  header["__metadata__"]["sha256"] = events::sha256(data);
  std::string text = header.dump();
  text.resize((text.size() + 7) / 8 * 8, ' ');
  const uint64_t length = text.size();
  write_atomically(path, {std::as_bytes(std::span(&length, 1)), std::as_bytes(std::span(text)), data});
}

TensorFile read(const std::filesystem::path& path) {
  const std::string text = read_text(path);
  try {
    return parse(text);
  } catch (const std::exception& error) {
    throw CorruptFile(fmt::format("{}: not a whole tensor file: {}", path.string(), error.what()));
  }
}

}  // namespace hashloom::store
