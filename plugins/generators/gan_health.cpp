#include "gan_health.hpp"

#include <fmt/format.h>

using namespace hashloom;
using support::Trouble;

namespace {

constexpr int64_t kBatch = 64, kBatches = 4;
constexpr double kDeafPreference = 0.7;
constexpr double kNoiseIgnored = 0.08;  // of the distance of real pairs; 0.24 is good on MNIST, 0.03 bad
constexpr double kCodeIgnored = 0.5;
constexpr double kAccuracyRise = 0.08, kPreferenceFall = 0.1;

double mean_of(const Tensor& values) { return values.to(at::kDouble).mean().item().toDouble(); }
double distance(const Tensor& a, const Tensor& b) { return mean_of((a - b).abs()); }

/// Row i is what was row i - 1.
Tensor shifted(const Tensor& rows) { return rows.roll(1, 0); }

GanHealth examine_batch(const DcganModel& model, const Tensor& images, const Tensor& codes, Context& run) {
  const auto draw = [&] { return model.draw(run.randn({codes.size(0), model.shape().noise}), codes, run.bf16()); };
  const Tensor one = draw(), another = draw();
  const Tensor others = shifted(codes), differ = (codes != others).any(1);
  const Tensor own = model.judge(images, codes, run.bf16()), foreign = model.judge(images, others, run.bf16());
  const Tensor synthetic = model.judge(one, codes, run.bf16());
  const bool comparable = differ.any().item().toBool();
  return {.preference = comparable ? mean_of((own > foreign).masked_select(differ)) : 0.5,
          .accuracy = (mean_of(own > 0) + mean_of(synthetic < 0)) / 2,
          .same_code = distance(one, another),
          .two_codes = distance(one, shifted(another)),
          .real_pairs = distance(images, shifted(images))};
}

void add(GanHealth& sum, const GanHealth& part, double weight) {
  sum.preference += weight * part.preference;
  sum.accuracy += weight * part.accuracy;
  sum.same_code += weight * part.same_code;
  sum.two_codes += weight * part.two_codes;
  sum.real_pairs += weight * part.real_pairs;
}

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

GanHealth examine(const DcganModel& model, const support::TrainingSet& data, Context& run) {
  auto batches = data.shuffled(kBatch, run);
  if (static_cast<int64_t>(batches.size()) > kBatches) batches.resize(kBatches);
  GanHealth mean;
  for (const auto& items : batches)
    add(mean, examine_batch(model, data.images(items), data.codes(items), run), 1.0 / batches.size());
  return mean;
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
