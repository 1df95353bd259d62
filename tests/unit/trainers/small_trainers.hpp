#pragma once
#include <hashloom/plugin.hpp>

namespace hashloom::test {

/// The inputs with the control, attached to them, as their generator.
TrainingInputs with_neighbours(TrainingInputs in);

/// Expects of codes (bool [n, bits]) of items of two kinds by turns that the kinds lie apart.
void expect_two_kinds_apart(const Tensor& codes);

/// Of two components alike that train for four epochs: trains one in one go, the other from what that one had saved
/// after the second, and expects the same bits.
void expect_resuming_gives_the_same_bits(const Instance& straight, const Instance& resumed, const TrainingInputs& in);

}  // namespace hashloom::test
