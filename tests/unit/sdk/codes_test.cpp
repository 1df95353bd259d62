#include <ATen/CPUGeneratorImpl.h>
#include <ATen/ops/rand.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros.h>
#include <gtest/gtest.h>

#include <hashloom/codes.hpp>
#include <hashloom/errors.hpp>

namespace hashloom {
namespace {

Tensor random_bits(int64_t items, int64_t bits, uint64_t seed = 1) {
  return at::rand({items, bits}, at::make_generator<at::CPUGeneratorImpl>(seed)) > 0.5;
}

Tensor none(int64_t items, int64_t bits) { return at::zeros({items, bits}, at::kBool); }

class CodesOfLength : public testing::TestWithParam<int64_t> {};

TEST_P(CodesOfLength, UnpackToWhatWasPacked) {
  const Tensor bits = random_bits(5, GetParam());
  EXPECT_TRUE(Codes::pack(bits).unpack().equal(bits));
}

TEST_P(CodesOfLength, ComeBackFromTheirWords) {
  const Codes codes = Codes::pack(random_bits(5, GetParam()));
  EXPECT_EQ(Codes::from_words({codes.words().begin(), codes.words().end()}, 5, GetParam()), codes);
}

TEST_P(CodesOfLength, DifferInAsManyBitsAsCountedOneByOne) {
  const Tensor bits = random_bits(2, GetParam());
  const Codes codes = Codes::pack(bits);
  EXPECT_EQ(hamming_distance(codes.row(0), codes.row(1)), bits[0].ne(bits[1]).sum().item<int64_t>());
}

INSTANTIATE_TEST_SUITE_P(Codes, CodesOfLength, testing::Values(1, 63, 64, 65, 128, 4096));

TEST(Codes, PutBitIIntoBitIOfItsWord) {
  Tensor bits = none(2, 70);
  bits[1][3] = true;
  bits[1][66] = true;
  const Codes codes = Codes::pack(bits);
  EXPECT_EQ(std::vector(codes.words().begin(), codes.words().end()), (std::vector<uint64_t>{0, 0, 1 << 3, 1 << 2}));
}

TEST(Codes, PadsTheLastWordWithZeros) {
  const Codes codes = Codes::pack(none(1, 65).logical_not());
  EXPECT_EQ(codes.row(0)[1], 1U);
}

TEST(Codes, PacksATransposedMatrixByItsRows) {
  const Tensor bits = random_bits(7, 70);
  EXPECT_EQ(Codes::pack(bits.t().contiguous().t()), Codes::pack(bits));
}

TEST(Codes, UnpackTheNamedItemsInTheirOrder) {
  const Tensor bits = random_bits(6, 70);
  const Tensor items = at::tensor({4, 0, 4}, at::kLong);
  EXPECT_TRUE(Codes::pack(bits).unpack(items).equal(bits.index_select(0, items)));
}

TEST(Codes, AreNotChangedByTheTensorTheyCameFrom) {
  Tensor bits = none(1, 8);
  const Codes codes = Codes::pack(bits);
  bits.fill_(true);
  EXPECT_EQ(codes.row(0)[0], 0U);
}

TEST(Codes, ChangedSinceIsTheFractionOfBits) {
  Tensor bits = none(2, 10);
  const Codes before = Codes::pack(bits);
  bits[1].narrow(0, 0, 5).fill_(true);
  EXPECT_DOUBLE_EQ(Codes::pack(bits).changed_since(before), 5.0 / 20);
  EXPECT_DOUBLE_EQ(before.changed_since(before), 0);
}

TEST(Codes, ChangedSinceRefusesAnotherLength) {
  EXPECT_THROW(Codes::pack(none(2, 10)).changed_since(Codes::pack(none(2, 11))), ShapeError);
  EXPECT_THROW(Codes::pack(none(2, 10)).changed_since(Codes::pack(none(3, 10))), ShapeError);
}

TEST(Codes, CountsDistinctRows) {
  Tensor bits = none(4, 130);
  bits[1][129] = true;
  bits[2][0] = true;
  EXPECT_EQ(Codes::pack(bits).distinct(), 3);
}

TEST(Codes, MayBeEmpty) {
  EXPECT_EQ(Codes().items(), 0);
  EXPECT_EQ(Codes().distinct(), 0);
  EXPECT_EQ(Codes::pack(none(0, 32)).items(), 0);
}

TEST(Codes, AreEqualByContents) {
  EXPECT_EQ(Codes::pack(random_bits(3, 70)), Codes::pack(random_bits(3, 70)));
  EXPECT_FALSE(Codes::pack(random_bits(3, 70)) == Codes::pack(random_bits(3, 70, 2)));
  EXPECT_FALSE(Codes::pack(none(3, 70)) == Codes::pack(none(3, 71)));
}

TEST(Codes, RefuseWhatIsNoMatrixOfBool) {
  EXPECT_THROW(Codes::pack(Tensor()), ShapeError);
  EXPECT_THROW(Codes::pack(none(2, 8).to(at::kByte)), ShapeError);
  EXPECT_THROW(Codes::pack(none(2, 8)[0]), ShapeError);
  EXPECT_THROW(Codes::pack(none(2, 0)), ShapeError);
  EXPECT_THROW(Codes::pack(none(2, 4097)), ShapeError);
}

TEST(Codes, RefuseWordsThatDoNotFit) {
  EXPECT_THROW(Codes::from_words({1, 2, 3}, 2, 64), ShapeError);
  EXPECT_THROW(Codes::from_words({1 << 5}, 1, 5), ShapeError);
  EXPECT_THROW(Codes::from_words({}, 0, 0), ShapeError);
}

}  // namespace
}  // namespace hashloom
