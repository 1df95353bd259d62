#pragma once
#include <cstddef>
#include <vector>

namespace hashloom::dash {

/// A curve that grows for as long as a run does, in bounded memory: when it is full every second point goes, and from
/// then on points are taken half as often. The last point is always there.
class Series {
 public:
  explicit Series(size_t most = 4096) : most_(most) {}

  void add(double x, double y);
  const std::vector<double>& x() const { return x_; }
  const std::vector<double>& y() const { return y_; }

 private:
  void thin();

  size_t most_, stride_ = 1, added_ = 0;
  bool last_is_kept_ = true;
  std::vector<double> x_, y_;
};

}  // namespace hashloom::dash
