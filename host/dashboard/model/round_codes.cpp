#include <dashboard/model/round_codes.hpp>

namespace hashloom::dash {

void RoundCodes::show(const FollowedRun& run, int64_t round) {
  const auto& history = run.history();
  if (folder_ == run.folder() && round_ == round && events_ == history.events) return;
  folder_ = run.folder();
  round_ = round;
  events_ = history.events;
  take_sample(history);
  const auto* recorded = at_round(history.train_codes, round);
  if (recorded == nullptr) return forget(kNoCodesYet);
  const auto blob = run.blob(recorded->blob);
  if (!codes_ || blob_ != blob) read(blob, recorded->bits);
}

void RoundCodes::take_sample(const History& history) {
  std::optional<Sample> sample;
  sample_trouble_.clear();
  try {
    sample = sample_of(history, round_);
  } catch (const std::runtime_error& error) {
    sample_trouble_ = error.what();
  }
  if (sample == sample_) return;
  sample_ = std::move(sample);
  derived_ = {};
}

void RoundCodes::read(const std::filesystem::path& blob, int64_t bits) {
  forget("");
  blob_ = blob;
  try {
    codes_ = CodeMatrix::read(blob, bits);
  } catch (const std::runtime_error& error) {
    trouble_ = error.what();
  }
}

void RoundCodes::forget(const std::string& why) {
  codes_.reset();
  derived_ = {};
  trouble_ = why;
}

const std::vector<double>& RoundCodes::ones() {
  if (!derived_.ones) derived_.ones = codes_->ones();
  return *derived_.ones;
}

const std::vector<double>& RoundCodes::correlations() {
  if (!derived_.correlations) derived_.correlations = codes_->correlations();
  return *derived_.correlations;
}

int64_t RoundCodes::distinct() {
  if (!derived_.distinct) derived_.distinct = codes_->distinct();
  return *derived_.distinct;
}

const Distances& RoundCodes::distances() {
  if (!derived_.distances) derived_.distances = dash::distances(*sample_, *codes_);
  return *derived_.distances;
}

const std::vector<SharedCode>& RoundCodes::shared() {
  if (!derived_.shared) derived_.shared = shared_codes(*sample_, *codes_);
  return *derived_.shared;
}

}  // namespace hashloom::dash
