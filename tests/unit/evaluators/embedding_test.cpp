#include <ATen/ops/arange.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "inputs.hpp"
#include "plugin_under_test.hpp"

namespace hashloom::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Points = std::pair<std::vector<double>, std::vector<double>>;

struct Scene {
  EvaluationInputs in;
  RecordingContext run;

  explicit Scene(const Codes& codes) { in.codes_by_port["codes"].train = codes; }

  const Points& embedding(int64_t points = 2000) {
    make("embedding", "evaluator/embedding", {{"points", points}}).evaluator->evaluate(in, run);
    return run.curves.at("embedding");
  }
};

double distance(const Points& points, size_t a, size_t b) {
  return std::hypot(points.first[a] - points.first[b], points.second[a] - points.second[b]);
}

/// The codes with their bits in another order, some of them turned over: distances stay as they are.
Codes mirrored(const std::vector<std::string>& rows) {
  std::vector<std::string> turned;
  for (auto row : rows) {
    std::reverse(row.begin(), row.end());
    row[0] = row[0] == '0' ? '1' : '0';
    turned.push_back(row);
  }
  return codes_of(turned);
}

TEST(Embedding, KeepsDistancesOfCodesThatLieInAPlane) {
  // Four corners of a rectangle: bits 0 to 2 vary together, bit 3 alone. Euclidean distances are sqrt(3), 1 and 2.
  Scene scene(codes_of({"0000", "1110", "0001", "1111"}));
  const auto& points = scene.embedding();
  EXPECT_NEAR(distance(points, 0, 1), std::sqrt(3), 1e-9);
  EXPECT_NEAR(distance(points, 0, 2), 1, 1e-9);
  EXPECT_NEAR(distance(points, 0, 3), 2, 1e-9);
}

TEST(Embedding, TheFirstDirectionVariesMost) {
  Scene scene(codes_of({"0000", "1110", "0001", "1111"}));
  const auto& [x, y] = scene.embedding();
  EXPECT_NEAR(std::abs(x[1] - x[0]), std::sqrt(3), 1e-9);
  EXPECT_NEAR(y[1] - y[0], 0, 1e-9);
}

TEST(Embedding, IsTurnedTowardsTheReference) {
  const std::vector<std::string> rows{"0000", "1110", "0001", "1111", "1110"};
  Scene alone(codes_of(rows)), turned(mirrored(rows));
  turned.in.codes_by_port["reference"].train = codes_of(rows);
  const auto& expected = alone.embedding();
  const auto& points = turned.embedding();
  for (size_t i = 0; i < rows.size(); ++i) {
    EXPECT_NEAR(points.first[i], expected.first[i], 1e-9);
    EXPECT_NEAR(points.second[i], expected.second[i], 1e-9);
  }
}

TEST(Embedding, CodesOfOneBitLieOnALine) {
  Scene scene(codes_of({"0", "1", "1"}));
  EXPECT_THAT(scene.embedding().second, ElementsAre(0, 0, 0));
}

TEST(Embedding, ASampleIsSpreadEvenly) {
  Scene scene(random_codes(10, 8, 1));
  scene.in.labels_by_port["labels"].train = labels_of({0, 1, 2, 3, 4, 5, 6, 7, 8, -1});
  scene.embedding(4);
  EXPECT_THAT(scene.run.curves.at("sample").first, ElementsAre(0, 2, 5, 7));
  EXPECT_THAT(scene.run.curves.at("sample").second, ElementsAre(0, 2, 5, 7));
}

TEST(Embedding, ItemsHaveNoClassWithoutLabels) {
  Scene scene(codes_of({"01", "11"}));
  scene.embedding();
  EXPECT_THAT(scene.run.curves.at("sample").second, ElementsAre(-1, -1));
}

TEST(Embedding, OfSeveralClassesTheFirstCounts) {
  Scene scene(codes_of({"01", "11", "10"}));
  const Tensor sets = at::arange(3).unsqueeze(1).bitwise_and(at::arange(1, 3).unsqueeze(0)).to(at::kBool);
  scene.in.labels_by_port["labels"].train = sets;  // rows {}, {0}, {1}
  scene.embedding();
  EXPECT_THAT(scene.run.curves.at("sample").second, ElementsAre(-1, 0, 1));
}

TEST(Embedding, TheSheetHasTheSamplesImagesInRows) {
  Scene scene(random_codes(5, 8, 1));
  scene.in.images_by_port["images"].train =
      images_in_memory(at::arange(5, at::kByte).reshape({5, 1, 1, 1}).expand({5, 1, 2, 2}));
  scene.embedding();
  const Picture& sheet = scene.run.pictures.at("sample");
  // Five images in three columns and two rows of 2 x 2 pixels.
  EXPECT_EQ(sheet.pixels.size(0), 4);
  EXPECT_EQ(sheet.pixels.size(1), 6);
  EXPECT_EQ(sheet.pixels[1][5].item<int>(), 2);
  EXPECT_EQ(sheet.pixels[2][0].item<int>(), 3);
  EXPECT_THAT(sheet.caption, HasSubstr("5 of 5 training images"));
}

TEST(Embedding, LargeImagesAreShrunk) {
  Scene scene(random_codes(2, 8, 1));
  scene.in.images_by_port["images"].train =
      images_in_memory(at::arange(2, at::kByte).reshape({2, 1, 1, 1}).expand({2, 3, 96, 64}));
  scene.embedding();
  EXPECT_EQ(scene.run.pictures.at("sample").pixels.sizes(), at::IntArrayRef({32, 64, 3}));
}

TEST(Embedding, RefusesImagesThatDoNotCountLikeCodes) {
  Scene scene(codes_of({"00", "01"}));
  scene.in.labels_by_port["labels"].train = labels_of({1, 2, 3});
  EXPECT_THROW(scene.embedding(), ShapeError);
}

}  // namespace
}  // namespace hashloom::test
