#pragma once
#include <stdexcept>

namespace hashloom::report {

/// A folder that was named as a run's or a sweep's and is none, or is damaged.
class BadFolder : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace hashloom::report
