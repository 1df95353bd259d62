#include "gan_health.hpp"

#include <fmt/format.h>

using namespace hashloom;
using support::Trouble;

namespace {

constexpr double kDeafPreference = 0.7;
constexpr double kNoiseIgnored = 0.08;  // of the distance of real pairs; 0.3 to 0.4 is usual on MNIST
constexpr double kCodeIgnored = 0.5;
constexpr double kAccuracyRise = 0.08, kPreferenceFall = 0.1;

Trouble deaf_discriminator(const GanHealth& now) {
  return {"the discriminator ignores the code",
          fmt::format("it prefers an image's own code to another in {:.0f} % of cases (over 85 % is good)",
                      100 * now.preference),
          "more epochs, a larger width, or codes that say more about the images"};
}

Trouble noise_ignored(const GanHealth& now) {
  return {
      "the generator ignores the noise",
      fmt::format("images drawn for one code differ by {:.3f}, two real ones by {:.2f}", now.same_code, now.real_pairs),
      "fewer epochs or a smaller learning_rate; a larger noise"};
}

Trouble code_ignored(const GanHealth& now) {
  return {"the generator ignores the code",
          fmt::format("images drawn for two codes differ by {:.3f}, two real ones by {:.2f}", now.two_codes,
                      now.real_pairs),
          "more epochs, or a smaller learning_rate if the losses drift apart"};
}

Trouble overfitting(const GanHealth& now, const GanHealth& before) {
  return {
      "the discriminator overfits",
      fmt::format("its accuracy went from {:.2f} to {:.2f}, its preference for the right code from {:.2f} to {:.2f}",
                  before.accuracy, now.accuracy, before.preference, now.preference),
      "fewer epochs in later rounds, or more images"};
}

}  // namespace

void GanHealth::record(Context& run) const {
  run.metric("code preference", preference, {.unit = "%"});
  run.metric("discriminator accuracy", accuracy, {.unit = "%", .higher_is_better = false});
  run.metric("distance within a code", same_code);
  run.metric("distance between codes", two_codes);
  run.metric("distance of real pairs", real_pairs);
}

void GanHealth::state(State& s, const std::string& name) {
  s(name + ".preference", preference)(name + ".accuracy", accuracy)(name + ".same_code", same_code);
  s(name + ".two_codes", two_codes)(name + ".real_pairs", real_pairs);
}

void visit_health(State& s, const std::string& name, std::optional<GanHealth>& health) {
  bool known = health.has_value();
  s(name, known);
  if (s.loading()) health = known ? std::optional(GanHealth{}) : std::nullopt;
  if (known) health->state(s, name);
}

std::vector<Trouble> troubles(const GanHealth& now, const std::optional<GanHealth>& before) {
  std::vector<Trouble> found;
  if (now.preference < kDeafPreference) found.push_back(deaf_discriminator(now));
  if (now.same_code < kNoiseIgnored * now.real_pairs) found.push_back(noise_ignored(now));
  if (now.two_codes < kCodeIgnored * now.real_pairs) found.push_back(code_ignored(now));
  if (before && now.accuracy > before->accuracy + kAccuracyRise &&
      now.preference < before->preference - kPreferenceFall)
    found.push_back(overfitting(now, *before));
  return found;
}
