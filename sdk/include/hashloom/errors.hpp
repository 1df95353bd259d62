#pragma once
#include <hashloom/export.hpp>
#include <stdexcept>
#include <string>

namespace hashloom {

/// What went wrong in one line (lower case, no full stop, with the value that was wrong) and what to do about it.
class HASHLOOM_API Error : public std::runtime_error {
 public:
  explicit Error(const std::string& what, std::string remedy = {});
  ~Error() override;
  const std::string& remedy() const { return remedy_; }

 private:
  std::string remedy_;
};

/// A tensor, image or code has another shape or type than promised.
class HASHLOOM_API ShapeError : public Error {
 public:
  using Error::Error;
  ~ShapeError() override;
};

/// A parameter's value can't be used; the user can mend it (exit status 2).
class HASHLOOM_API ParameterError : public Error {
 public:
  using Error::Error;
  ~ParameterError() override;
};

/// A file that a parameter names is missing, truncated or wrong; the user can mend it (exit status 2).
class HASHLOOM_API DataError : public Error {
 public:
  using Error::Error;
  ~DataError() override;
};

/// Training can't go on: a loss is not a number, codes collapsed altogether.
class HASHLOOM_API TrainingError : public Error {
 public:
  using Error::Error;
  ~TrainingError() override;
};

/// Thrown by Context when the user asked to stop; a component lets it pass.
class HASHLOOM_API Stopped : public Error {
 public:
  using Error::Error;
  ~Stopped() override;
};

}  // namespace hashloom
