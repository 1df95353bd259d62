#pragma once
#include <dashboard/model/followed_run.hpp>
#include <dashboard/model/sample.hpp>
#include <memory>
#include <optional>

namespace hashloom::dash {

/// The chosen run's training codes in one round, and what is computed from them, kept until the codes or the sample are
/// others.
class RoundCodes {
 public:
  static constexpr const char* kNoCodesYet = "no codes yet";

  void show(const FollowedRun& run, int64_t round);

  /// Why there are none; empty: there are.
  const std::string& trouble() const { return trouble_; }
  const CodeMatrix& codes() const { return *codes_; }
  const std::optional<Sample>& sample() const { return sample_; }
  /// What is wrong with the recorded one; empty: it is there, or none was recorded.
  const std::string& sample_trouble() const { return sample_trouble_; }
  const std::vector<double>& ones();
  const std::vector<double>& correlations();
  int64_t distinct();
  const Distances& distances();  ///< of the sample, which must be there
  const std::vector<SharedCode>& shared();

 private:
  struct Derived {
    std::optional<std::vector<double>> ones, correlations;
    std::optional<int64_t> distinct;
    std::optional<Distances> distances;
    std::optional<std::vector<SharedCode>> shared;
  };
  void take_sample(const History& history);
  void read(const std::filesystem::path& blob, int64_t bits);
  void forget(const std::string& why);

  std::filesystem::path folder_, blob_;
  std::string trouble_ = kNoCodesYet, sample_trouble_;
  int64_t round_ = -1, events_ = -1;
  std::optional<CodeMatrix> codes_;
  std::optional<Sample> sample_;
  Derived derived_;
};

}  // namespace hashloom::dash
