#include "toy_data.hpp"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/rand.h>
#include <ATen/ops/randint.h>

namespace hashloom::test {
namespace {

at::Generator seeded(uint64_t seed) { return at::make_generator<at::CPUGeneratorImpl>(seed); }

Tensor uniform(at::IntArrayRef sizes, uint64_t seed) {
  return at::rand(sizes, seeded(seed), at::TensorOptions(at::kFloat));
}

}  // namespace

Tensor random_pixels(int64_t count, int64_t channels, int64_t height, int64_t width, uint64_t seed) {
  return at::randint(256, {count, channels, height, width}, seeded(seed), at::TensorOptions(at::kByte));
}

Tensor random_bits(int64_t count, int64_t bits, uint64_t seed) { return uniform({count, bits}, seed) < 0.5; }

TrainingInputs inputs_of(const Tensor& pixels, const Tensor& bits) {
  TrainingInputs in;
  in.images_by_port["images"] = images_in_memory(pixels);
  in.codes_by_port["codes"] = Codes::pack(bits);
  return in;
}

Tensor two_kinds(int64_t count, int64_t side, uint64_t seed) {
  Tensor images = uniform({count, 1, side, side}, seed) * 100;
  images.slice(0, 0, count, 2).slice(3, 0, side / 2).add_(150);
  images.slice(0, 1, count, 2).slice(3, side / 2, side).add_(150);
  return images.to(at::kByte);
}

Tensor features_of_two_kinds(int64_t count, uint64_t seed) {
  Tensor features = uniform({count, 6}, seed) - 0.5;
  features.select(1, 0).add_(3 - 6 * (at::arange(count, at::kLong) % 2));
  return features;
}

TrainingInputs inputs_of_features(const Tensor& features, const Tensor& bits) {
  TrainingInputs in;
  in.features_by_port["features"] = features;
  in.codes_by_port["codes"] = Codes::pack(bits);
  return in;
}

Tensor codes_of_two_kinds(int64_t count, int64_t bits) {
  return (at::arange(count, at::kLong) % 2 == 1).unsqueeze(1).expand({count, bits}).contiguous();
}

}  // namespace hashloom::test
