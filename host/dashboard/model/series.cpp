#include <dashboard/model/series.hpp>

namespace hashloom::dash {

void Series::add(double x, double y) {
  if (!last_is_kept_) {
    x_.pop_back();
    y_.pop_back();
  }
  if (x_.size() == most_) thin();
  x_.push_back(x);
  y_.push_back(y);
  last_is_kept_ = added_++ % stride_ == 0;
}

void Series::thin() {
  size_t kept = 0;
  for (size_t i = 0; i < x_.size(); i += 2, ++kept) {
    x_[kept] = x_[i];
    y_[kept] = y_[i];
  }
  x_.resize(kept);
  y_.resize(kept);
  stride_ *= 2;
}

}  // namespace hashloom::dash
