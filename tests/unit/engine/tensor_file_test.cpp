#include <ATen/ops/arange.h>
#include <ATen/ops/equal.h>
#include <ATen/ops/zeros.h>
#include <gmock/gmock.h>

#include <engine/ports_file.hpp>
#include <engine/stored.hpp>
#include <fstream>
#include <store/tensor_file.hpp>

#include "run_in_test.hpp"

namespace hashloom::test {
namespace {

using ::testing::HasSubstr;

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void put_bytes(const std::filesystem::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

store::TensorFile example() {
  return {{{"a", at::arange(6, at::kFloat).view({2, 3})},
           {"b", at::zeros({0}, at::kLong)},
           {"c", at::zeros({}, at::kBool)}},
          {{"epoch", "3"}}};
}

TEST(TensorFile, ComesBackAsItWas) {
  const TemporaryFolder folder;
  store::write(folder.path() / "x.safetensors", example());
  const auto back = store::read(folder.path() / "x.safetensors");
  EXPECT_EQ(back.notes, (std::map<std::string, std::string>{{"epoch", "3"}}));
  ASSERT_EQ(back.tensors.size(), 3u);
  EXPECT_TRUE(at::equal(back.tensors.at("a"), example().tensors.at("a")));
  EXPECT_EQ(back.tensors.at("b").sizes(), at::IntArrayRef({0}));
  EXPECT_EQ(back.tensors.at("c").dim(), 0);
}

TEST(TensorFile, BeginsWithTheLengthOfAJsonHeader) {
  const TemporaryFolder folder;
  store::write(folder.path() / "x", {{{"a", at::arange(2, at::kFloat)}}, {}});
  const auto bytes = bytes_of(folder.path() / "x");
  uint64_t length = 0;
  std::memcpy(&length, bytes.data(), 8);
  const auto header = nlohmann::json::parse(bytes.substr(8, length));
  EXPECT_EQ(header["a"]["dtype"], "F32");
  EXPECT_EQ(header["a"]["data_offsets"], (nlohmann::json{0, 8}));
  EXPECT_EQ(bytes.size(), 8 + length + 8);
}

TEST(TensorFile, NoticesEachFlippedByteAndEachCut) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "x";
  store::write(file, example());
  const auto whole = bytes_of(file);
  for (size_t i = 0; i < whole.size(); ++i) {
    put_bytes(file, whole.substr(0, i));
    EXPECT_THROW(store::read(file), store::CorruptFile) << "cut at " << i;
  }
  for (size_t i = whole.size() - 24; i < whole.size(); ++i) {
    auto altered = whole;
    altered[i] = static_cast<char>(altered[i] ^ 1);
    put_bytes(file, altered);
    EXPECT_THROW(store::read(file), store::CorruptFile) << "byte " << i;
  }
}

TEST(TensorFile, NeverReadsWhatTheHeaderInvents) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "x";
  for (const char* shape : {"[1000000000000, 1000000000000]", "[-1]", "[3]"}) {
    std::string header =
        std::string(
            R"({"__metadata__": {"sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},)") +
        R"( "a": {"dtype": "F32", "data_offsets": [0, 0], "shape": )" + shape + "}}";
    const uint64_t length = header.size();
    put_bytes(file, std::string(reinterpret_cast<const char*>(&length), 8) + header);
    EXPECT_THROW(store::read(file), store::CorruptFile) << shape;
  }
}

TEST(TensorFile, NamesAFileThatCannotBeWritten) {
  try {
    store::write("/proc/nowhere/x", example());
    FAIL();
  } catch (const std::system_error& error) {
    EXPECT_THAT(error.what(), HasSubstr("/proc/nowhere"));
  }
}

Splits<Codes> codes_of(int64_t items) {
  const auto codes = Codes::pack(at::arange(items * 5).view({items, 5}).remainder(3) == 0);
  return {codes, Codes::pack(at::zeros({2, 5}, at::kBool)), codes};
}

TEST(Stored, SharesTheDatabaseThatIsTheTrainSplit) {
  const engine::Stored stored{{{"codes", {codes_of(7), port::kCodes, "key.codes"}}}, {{"mean", at::arange(3)}}, {}};
  const auto back = engine::stored_from(engine::to_file(stored));
  const auto& codes = back.outputs.at("codes").as<Splits<Codes>>();
  EXPECT_EQ(codes.train, codes_of(7).train);
  EXPECT_EQ(codes.query, codes_of(7).query);
  EXPECT_EQ(codes.database.words().data(), codes.train.words().data());
  EXPECT_EQ(back.outputs.at("codes").key, "key.codes");
  EXPECT_TRUE(at::equal(back.state.at("mean"), at::arange(3)));
}

}  // namespace
}  // namespace hashloom::test
