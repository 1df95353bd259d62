#include <dashboard/model/round_codes.hpp>

namespace hashloom::dash {

void RoundCodes::show(const FollowedRun& run, int64_t round) {
  const auto& history = run.history();
  if (folder_ == run.folder() && round_ == round && events_ == history.events) return;
  folder_ = run.folder();
  round_ = round;
  events_ = history.events;
  derived_ = {};
  sample_ = sample_of(history, round);
  const auto* recorded = at_round(history.train_codes, round);
  if (recorded == nullptr) {
    codes_.reset();
    trouble_ = "no codes yet";
    return;
  }
  if (!codes_ || blob_ != recorded->blob) read(run, *recorded);
}

void RoundCodes::read(const FollowedRun& run, const RecordedCodes& recorded) {
  blob_ = recorded.blob;
  codes_.reset();
  try {
    codes_ = CodeMatrix::read(run.blob(recorded.blob), recorded.bits);
    trouble_.clear();
  } catch (const std::runtime_error& error) {
    trouble_ = error.what();
  }
}

const std::vector<double>& RoundCodes::ones() {
  if (!derived_.ones) derived_.ones = codes_->ones();
  return *derived_.ones;
}

const std::vector<double>& RoundCodes::correlations() {
  if (!derived_.correlations) derived_.correlations = codes_->correlations();
  return *derived_.correlations;
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
