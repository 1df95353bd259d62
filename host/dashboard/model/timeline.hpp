#pragma once
#include <algorithm>
#include <cstdint>

namespace hashloom::dash {

/// The round that all panels show. It follows the run's last one until somebody picks another.
class Timeline {
 public:
  int64_t round() const { return is_following_ ? last_ : std::min(chosen_, last_); }
  int64_t last() const { return last_; }
  bool is_following() const { return is_following_; }

  void extend_to(int64_t last) { last_ = last; }
  void follow() { is_following_ = true; }
  void pick(int64_t round) {
    chosen_ = std::clamp<int64_t>(round, 0, last_);
    is_following_ = false;
  }
  void step(int64_t rounds) { pick(round() + rounds); }

 private:
  int64_t last_ = 0, chosen_ = 0;
  bool is_following_ = true;
};

}  // namespace hashloom::dash
