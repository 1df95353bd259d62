#pragma once
#include <hashloom/state.hpp>
#include <optional>
#include <support/trouble.hpp>

/// What can be told about a conditional GAN without labels, on a few batches. Distances are means of absolute
/// differences of pixels in [-1, 1], or of features.
struct GanHealth {
  double preference = 0;  ///< P(D(x, b) > D(x, another b)): over 0.85 is good, 0.62 bad
  double accuracy = 0;    ///< of the discriminator on real and synthetic images
  double same_code = 0;   ///< between two images drawn for one code
  double two_codes = 0;   ///< between images drawn for two codes
  double real_pairs = 0;  ///< between two real images

  void record(hashloom::Context& run) const;
  void state(hashloom::State& s, const std::string& name);
};

/// Visits a health that may not be known yet.
void visit_health(hashloom::State& s, const std::string& name, std::optional<GanHealth>& health);

/// `before`: at the end of the last round, if there was one.
std::vector<hashloom::support::Trouble> troubles(const GanHealth& now, const std::optional<GanHealth>& before);
