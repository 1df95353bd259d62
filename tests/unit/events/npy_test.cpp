#include <gmock/gmock.h>

#include <events/npy.hpp>
#include <random>
#include <stdexcept>
#include <string>

using hashloom::events::from_npy;
using hashloom::events::npy;
using testing::HasSubstr;

namespace {

std::vector<std::byte> bytes(const std::string& text) {
  const auto view = std::as_bytes(std::span(text));
  return {view.begin(), view.end()};
}

std::string text(const std::vector<std::byte>& file) {
  return {reinterpret_cast<const char*>(file.data()), file.size()};
}

/// A file of format 1.0 with this header, padded as NumPy does, and `values` bytes after it.
std::vector<std::byte> file_with(std::string header, size_t values) {
  header.resize(117, ' ');
  return bytes(std::string("\x93NUMPY\x01\x00\x76\x00", 10) + header + '\n' + std::string(values, '\1'));
}

std::string refusal(const std::vector<std::byte>& file) {
  try {
    from_npy(file);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "nothing was thrown";
}

}  // namespace

TEST(Npy, WritesWhatNumpyWrites) {
  const std::vector<uint64_t> words{1, 2, 3, 4, 5, 0xfedcba9876543210};
  // python3 -c "import numpy,io; f=io.BytesIO(); numpy.lib.format.write_array(f, numpy.array([[1,2],[3,4],
  //   [5,0xfedcba9876543210]], numpy.uint64), (1,0)); print(f.getvalue())"
  const std::string header = "{'descr': '<u8', 'fortran_order': False, 'shape': (3, 2), }";
  const std::string expected = std::string("\x93NUMPY\x01\x00\x76\x00", 10) + header + std::string(58, ' ') + '\n';

  const auto file = text(npy(words, 3, 2));

  EXPECT_EQ(file.substr(0, 128), expected);
  EXPECT_EQ(file.size(), 128 + 48);
  EXPECT_EQ(file.substr(128, 8), std::string("\1\0\0\0\0\0\0\0", 8));
  EXPECT_EQ(file.substr(168, 8), "\x10\x32\x54\x76\x98\xba\xdc\xfe");
}

TEST(Npy, GivesBackWords) {
  const std::vector<uint64_t> words{0, 1, ~uint64_t{0}, 42};
  const auto matrix = from_npy(npy(words, 4, 1));
  EXPECT_EQ(matrix.rows, 4);
  EXPECT_EQ(matrix.columns, 1);
  EXPECT_EQ(std::get<std::vector<uint64_t>>(matrix.values), words);
}

TEST(Npy, GivesBackFloats) {
  const std::vector<float> values{0.5F, -1, 3e38F, 1e-45F, 0, -0.F};
  EXPECT_EQ(std::get<std::vector<float>>(from_npy(npy(values, 2, 3)).values), values);
}

TEST(Npy, GivesBackBytes) {
  const std::vector<uint8_t> values{0, 128, 255};
  EXPECT_EQ(std::get<std::vector<uint8_t>>(from_npy(npy(values, 1, 3)).values), values);
}

TEST(Npy, GivesBackAMatrixWithoutRows) {
  const auto matrix = from_npy(npy(std::span<const float>(), 0, 7));
  EXPECT_EQ(matrix.rows, 0);
  EXPECT_EQ(matrix.columns, 7);
}

TEST(Npy, RefusesToWriteAnotherNumberOfValues) {
  const std::vector<uint8_t> values(6);
  EXPECT_THROW(npy(values, 2, 2), std::invalid_argument);
  EXPECT_THROW(npy(values, -2, -3), std::invalid_argument);
}

TEST(Npy, SaysWhyAFileIsRefused) {
  const std::string start = "{'descr': '<u8', 'fortran_order': ";
  EXPECT_THAT(refusal({}), HasSubstr("0 bytes are too few"));
  EXPECT_THAT(refusal(bytes("PK\x03\x04 something else")), HasSubstr("does not begin with"));
  EXPECT_THAT(refusal(bytes(std::string("\x93NUMPY\x02\x00\x76\x00", 10))), HasSubstr("format 2.0, only 1.0"));
  EXPECT_THAT(refusal(bytes(std::string("\x93NUMPY\x01\x00\x76\x00", 10))), HasSubstr("ends within its header"));
  EXPECT_THAT(refusal(file_with(start + "True, 'shape': (1, 1), }", 8)), HasSubstr("by columns"));
  EXPECT_THAT(refusal(file_with(start + "0, 'shape': (1, 1), }", 8)), HasSubstr("neither True nor False"));
  EXPECT_THAT(refusal(file_with(start + "False, 'shape': (1,), }", 8)), HasSubstr("no two numbers"));
  EXPECT_THAT(refusal(file_with(start + "False, 'shape': (-1, 1), }", 8)), HasSubstr("no two numbers"));
  EXPECT_THAT(refusal(file_with(start + "False, }", 8)), HasSubstr("is missing"));
  EXPECT_THAT(refusal(file_with(start + "False, 'descr': '<f4', 'shape': (1, 1)}", 8)), HasSubstr("stands twice"));
  EXPECT_THAT(refusal(file_with(start + "False, 'shape': (1, 1)} x", 8)), HasSubstr("after the header"));
  EXPECT_THAT(refusal(file_with(start + "False, 'shape': (1, 2)}", 8)),
              HasSubstr("8 bytes of values do not fill 1 x 2"));
  EXPECT_THAT(refusal(file_with("{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1)}", 8)),
              HasSubstr("type '<f8'"));
}

TEST(Npy, RefusesAShapeWhoseSizeOverflows) {
  // 2^62 * 4 wraps to 0 in 64 bits, which would fit a file without values.
  const auto file = file_with("{'descr': '<u8', 'fortran_order': False, 'shape': (4611686018427387904, 4), }", 0);
  EXPECT_THAT(refusal(file), HasSubstr("do not fill"));
}

TEST(Npy, ReadsOrRefusesWhateverBytesChange) {
  std::mt19937 random(7);
  const auto whole = npy(std::vector<uint64_t>(12, 5), 6, 2);
  for (int i = 0; i < 20000; ++i) {
    auto file = whole;
    for (int change = 0; change < 1 + i % 3; ++change) file[random() % file.size()] = std::byte(random() % 256);
    file.resize(i % 4 == 0 ? random() % file.size() : file.size());
    try {
      const auto matrix = from_npy(file);
      const auto count = std::visit([](const auto& values) { return values.size(); }, matrix.values);
      ASSERT_EQ(count, static_cast<uint64_t>(matrix.rows * matrix.columns));
    } catch (const std::runtime_error& error) {
      ASSERT_THAT(error.what(), HasSubstr("not a .npy matrix"));
    }
  }
}
