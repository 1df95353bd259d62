#pragma once
#include <hashloom/roles.hpp>

namespace hashloom::test {

/// uint8 [count, channels, height, width] of random pixels.
Tensor random_pixels(int64_t count, int64_t channels, int64_t height, int64_t width, uint64_t seed = 1);

/// bool [count, bits] of random bits.
Tensor random_bits(int64_t count, int64_t bits, uint64_t seed = 1);

/// Images and their codes as a trainer gets them.
TrainingInputs inputs_of(const Tensor& pixels, const Tensor& bits);

/// Images of two kinds with some noise: even items are bright on the left, odd ones on the right.
Tensor two_kinds(int64_t count, int64_t side, uint64_t seed = 1);

/// Features [count, 6] of two kinds with some noise: even items lie near (3, 0, ...), odd ones near (-3, 0, ...).
Tensor features_of_two_kinds(int64_t count, uint64_t seed = 1);

/// Features and their codes as a trainer gets them.
TrainingInputs inputs_of_features(const Tensor& features, const Tensor& bits);

/// Codes of two kinds: 00...0 for even items, 11...1 for odd ones.
Tensor codes_of_two_kinds(int64_t count, int64_t bits);

}  // namespace hashloom::test
