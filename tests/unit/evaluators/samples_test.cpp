#include <ATen/ops/arange.h>
#include <ATen/ops/full.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "inputs.hpp"
#include "plugin_under_test.hpp"

namespace hashloom::test {
namespace {

using testing::Each;
using testing::HasSubstr;
using testing::SizeIs;
using Values = std::map<std::string, ParamValue>;

/// Draws grey of brightness 200 + (number of bits set); remembers what it was asked.
class Painter final : public Generator {
 public:
  void train(const TrainingInputs&, Context&) override {}
  Tensor sample(const Tensor& codes, const Tensor& items, uint64_t seed) const override {
    asked_codes = codes;
    asked_items = items;
    asked_seed = seed;
    const Tensor brightness = (codes.sum(1) + 200).to(at::kFloat) / 127.5 - 1;
    return brightness.reshape({-1, 1, 1, 1}).expand({codes.size(0), channels, 2, 2}).clone();
  }

  int64_t channels = 1;
  mutable Tensor asked_codes, asked_items;
  mutable uint64_t asked_seed = 0;
};

/// Image i is 2 x 2 of brightness i.
ImagesPtr numbered_images(int64_t count, int64_t channels = 1) {
  return images_in_memory(at::arange(count, at::kByte).reshape({count, 1, 1, 1}).expand({count, channels, 2, 2}));
}

struct Scene {
  std::shared_ptr<Painter> painter = std::make_shared<Painter>();
  EvaluationInputs in;
  RecordingContext run;

  Scene(const Codes& codes, const ImagesPtr& images) {
    painter->channels = images->spec().channels;
    in.images_by_port["images"].train = images;
    in.codes_by_port["codes"].train = codes;
    in.generators_by_port["generator"] = painter;
  }

  const Picture& picture(Values values = {}) {
    values.emplace("scale", int64_t{1});
    make("samples", "evaluator/samples", values).evaluator->evaluate(in, run);
    return run.pictures.at("samples");
  }
};

/// The pixel inside each cell of a row of 2 x 2 pictures: three pixels a cell, a gap of 4 before the right ones.
std::vector<int> cells(const Tensor& pixels, int64_t row, int64_t left, int64_t right) {
  std::vector<int> values;
  for (int64_t i = 0; i < left + right; ++i)
    values.push_back(pixels[1 + 3 * row][1 + 3 * i + (i < left ? 0 : 4)].item<int>());
  return values;
}

TEST(Samples, ShowsRealImagesOfACodeBesideGeneratedOnes) {
  Scene scene(codes_of({"01", "01", "01"}), numbered_images(3));
  const Tensor pixels = scene.picture({{"real", int64_t{2}}, {"generated", int64_t{3}}}).pixels;
  EXPECT_EQ(cells(pixels, 0, 2, 3), (std::vector<int>{0, 1, 201, 201, 201}));
}

TEST(Samples, LeavesCellsWhiteWhereACodeHasFewImages) {
  Scene scene(codes_of({"11"}), numbered_images(1));
  const Tensor pixels = scene.picture({{"real", int64_t{3}}, {"generated", int64_t{1}}}).pixels;
  EXPECT_EQ(cells(pixels, 0, 3, 1), (std::vector<int>{0, 255, 255, 202}));
}

TEST(Samples, PrefersCodesThatImagesShare) {
  // 16 codes of one image each and one, 1111, of two.
  Scene scene(codes_of({"0000", "0001", "0010", "0011", "1111", "0100", "0101", "0110", "0111", "1111"}),
              numbered_images(10));
  const Tensor pixels = scene.picture({{"codes", int64_t{1}}, {"real", int64_t{2}}, {"generated", int64_t{1}}}).pixels;
  EXPECT_EQ(cells(pixels, 0, 2, 1), (std::vector<int>{4, 9, 204}));
}

TEST(Samples, ShowsNoCodeTwice) {
  Scene scene(codes_of({"00", "01", "11", "00"}), numbered_images(4));
  scene.picture({{"codes", int64_t{12}}, {"generated", int64_t{1}}});
  EXPECT_EQ(scene.painter->asked_codes.size(0), 3);
  EXPECT_EQ(Codes::pack(scene.painter->asked_codes).distinct(), 3);
}

TEST(Samples, AsksForNobodysPictures) {
  Scene scene(codes_of({"00", "01"}), numbered_images(2));
  scene.picture({{"generated", int64_t{2}}});
  EXPECT_EQ(scene.painter->asked_items.scalar_type(), at::kLong);
  EXPECT_TRUE(scene.painter->asked_items.eq(-1).all().item<bool>());
  EXPECT_EQ(scene.painter->asked_items.numel(), 4);
}

TEST(Samples, TheSameSeedGivesTheSamePicture) {
  const Codes codes = random_codes(50, 12, 1);
  Scene first(codes, numbered_images(50)), second(codes, numbered_images(50));
  EXPECT_TRUE(first.picture().pixels.equal(second.picture().pixels));
  EXPECT_EQ(first.painter->asked_seed, second.painter->asked_seed);
}

TEST(Samples, IsInColourWhereImagesAre) {
  Scene scene(codes_of({"00", "01"}), numbered_images(2, 3));
  EXPECT_THAT(scene.picture().pixels.sizes(), SizeIs(3));
}

TEST(Samples, CaptionSaysHowManyCodesOfAllAreShown) {
  Scene scene(codes_of({"00", "01", "11", "00"}), numbered_images(4));
  const Picture& picture = scene.picture({{"codes", int64_t{2}}, {"generated", int64_t{5}}});
  EXPECT_THAT(picture.caption, HasSubstr("2 of 3 codes"));
  EXPECT_THAT(picture.caption, HasSubstr("left 3 real training images"));
  EXPECT_THAT(picture.caption, HasSubstr("right 10 generated"));
}

TEST(Samples, RefusesImagesThatDoNotCountLikeCodes) {
  Scene scene(codes_of({"00", "01"}), numbered_images(3));
  EXPECT_THROW(scene.picture(), ShapeError);
}

TEST(Samples, RefusesPicturesOfAnotherShape) {
  Scene scene(codes_of({"00", "01"}), numbered_images(2));
  scene.painter->channels = 3;
  EXPECT_THROW(scene.picture(), ShapeError);
}

TEST(Samples, RefusesImagesOfFiveChannels) {
  Scene scene(codes_of({"00", "01"}), numbered_images(2, 5));
  EXPECT_THROW(scene.picture(), ShapeError);
}

}  // namespace
}  // namespace hashloom::test
