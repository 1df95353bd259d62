#include "gan_probe.hpp"

using namespace hashloom;

namespace {

constexpr int64_t kBatch = 64, kBatches = 4;

double mean_of(const Tensor& values) { return values.to(at::kDouble).mean().item().toDouble(); }
double distance(const Tensor& a, const Tensor& b) { return mean_of((a - b).abs()); }

/// Row i is what was row i - 1.
Tensor shifted(const Tensor& rows) { return rows.roll(1, 0); }

GanHealth probe_batch(const ProbedGan& gan, const Tensor& items, const Tensor& codes) {
  const Tensor one = gan.draw(codes), another = gan.draw(codes);
  const Tensor others = shifted(codes), differ = (codes != others).any(1);
  const Tensor own = gan.judge(items, codes), foreign = gan.judge(items, others), synthetic = gan.judge(one, codes);
  const bool comparable = differ.any().item().toBool();
  return {.preference = comparable ? mean_of((own > foreign).masked_select(differ)) : 0.5,
          .accuracy = (mean_of(own > 0) + mean_of(synthetic < 0)) / 2,
          .same_code = distance(one, another),
          .two_codes = distance(one, shifted(another)),
          .real_pairs = distance(items, shifted(items))};
}

void add(GanHealth& sum, const GanHealth& part, double weight) {
  sum.preference += weight * part.preference;
  sum.accuracy += weight * part.accuracy;
  sum.same_code += weight * part.same_code;
  sum.two_codes += weight * part.two_codes;
  sum.real_pairs += weight * part.real_pairs;
}

}  // namespace

GanHealth probe(const ProbedGan& gan, const support::TrainingSet& data, Context& run) {
  auto batches = data.shuffled(kBatch, run);
  if (static_cast<int64_t>(batches.size()) > kBatches) batches.resize(kBatches);
  GanHealth mean;
  for (const auto& items : batches)
    add(mean, probe_batch(gan, data.inputs(items), data.codes(items)), 1.0 / batches.size());
  return mean;
}
